// SPDX-License-Identifier: MIT
// The two checksums of the file formats (contract sections 8.4 and 8.5).
#pragma once

#include <cstdint>

#include "impl/engine/bytes.h"

namespace backstop::engine {

/// Of header pages: all dwords but the first, exclusive-ored into 0x89abcdef.
uint32_t XorChecksum(ConstBytes page);
/// Writes the checksum into the first dword.
void SealHeader(Bytes page);
bool HeaderIsSealed(ConstBytes page);

/// Of data pages and log segments: the low dword is the exclusive or of all dwords and of `number`,
/// the high dword an error correcting code. The first eight bytes count as zero if they hold the
/// checksum. The size is a power of two from 4096 to 8192.
uint64_t EccChecksum(ConstBytes block, uint32_t number, bool holds_checksum = true);

/// Writes or verifies the checksums of a data page of 4096 to 32768 bytes. Larger pages than 8192
/// consist of four blocks; the checksums of the last three are kept in the header of the first.
void SealPage(Bytes page, uint32_t number);
bool PageIsSealed(ConstBytes page, uint32_t number);

}  // namespace backstop::engine
