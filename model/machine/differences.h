// SPDX-License-Identifier: MIT
// The differences between the dialects that rows name, by their id: Ese<D01>, Strict<H17>.
#pragma once

#include "model/dialect.h"
#include "model/machine/row.h"

namespace backstop::model {

using D01 = DifferenceType<"D-01", &Dialect::end_after_stop>;
using D02 = DifferenceType<"D-02", &Dialect::end_before_log_info>;
using D14 = DifferenceType<"D-14", &Dialect::read_bad_handle>;
using D15 = DifferenceType<"D-15", &Dialect::log_info_failure>;
using D17 = DifferenceType<"D-17", &Dialect::short_buffer>;
using D18 = DifferenceType<"D-18", &Dialect::copied_logs>;
using D20 = DifferenceType<"D-20", &Dialect::end_bits>;
using D21 = DifferenceType<"D-21", &Dialect::end_of_other_kind>;
using D27 = DifferenceType<"D-27", &Dialect::begin_internal_bits>;
using D29 = DifferenceType<"D-29", &Dialect::backup_without_path>;
using D33 = DifferenceType<"D-33", &Dialect::term_dirty>;
using D34 = DifferenceType<"D-34", &Dialect::refused_term>;
using D38 = DifferenceType<"D-38", &Dialect::restore_range>;
using D42 = DifferenceType<"D-42", &Dialect::foreign_member>;
using D46 = DifferenceType<"D-46", &Dialect::backup_unknown_bits>;
using C14 = DifferenceType<"C-14", &Dialect::frozen_log_info>;
using C16 = DifferenceType<"C-16", &Dialect::snapshot_abort_stamps>;
using C18 = DifferenceType<"C-18", &Dialect::freeze_blocks>;
using C20 = DifferenceType<"C-20", &Dialect::frozen_term>;
using C25 = DifferenceType<"C-25", &Dialect::calls_in_whole_backup>;
using C36 = DifferenceType<"C-36", &Dialect::foreign_file>;
using H15 = DifferenceType<"H-15", &Dialect::incremental_end>;
using H17 = DifferenceType<"H-17", &Dialect::streaming_in_snapshot>;
using H18 = DifferenceType<"H-18", &Dialect::snapshot_claims_backup>;
using H19 = DifferenceType<"H-19", &Dialect::prepared_term>;

}  // namespace backstop::model
