// SPDX-License-Identifier: MIT
// What a backup that ended well leaves in the headers of its databases.
#pragma once

#include "model/machine/effects.h"
#include "model/machine/row.h"
#include "model/machine/vocabulary.h"

namespace backstop::model {

/// The databases become a base for incremental backups; what came after an older base is void.
template <class Databases>
using MakeBase = mp::mp_list<StampRange<"FullPrev", &Header::full, Databases>,
                             Join<FullBackups, Databases>, Drop<SnapshotFulls, Databases>,
                             ForgetRange<"IncPrev", &Header::incremental, Databases>,
                             ForgetRange<"DiffPrev", &Header::differential, Databases>>;

template <class List>
using Doing = mp::mp_apply<Do, List>;

using StampFullAndRelease = Doing<mp::mp_push_back<MakeBase<StampedByFull>, ReleaseBackup>>;
using StampIncrementalAndRelease =
    Do<StampRange<"IncPrev", &Header::incremental, Logged>, ReleaseBackup>;

}  // namespace backstop::model
