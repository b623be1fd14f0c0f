// SPDX-License-Identifier: MIT
#include "impl/engine/db_header.h"

#include <algorithm>

#include "impl/engine/checksum.h"

namespace backstop::engine {
namespace {

constexpr uint32_t kMagic = 0x89abcdef;
constexpr uint32_t kVersion = 0x620;
constexpr uint32_t kUpdate = 0x14;
/// What follows in larger pages is zero, so a header of another page size can be verified too.
constexpr size_t kHeaderBytesMin = 4096;
constexpr uint32_t kFlagShadowingOff = 1;
constexpr uint32_t kFlagNotLogged = 2;

enum Offset : size_t {
  kMagicAt = 4,
  kVersionAt = 8,
  kFileKind = 12,
  kDbtime = 16,
  kSignature = 24,
  kState = 52,
  kConsistent = 56,
  kConsistentTime = 64,
  kAttachTime = 72,
  kAttached = 80,
  kDetachTime = 88,
  kDetached = 96,
  kLogSignature = 108,
  kFullPrev = 136,
  kIncPrev = 160,
  kFullCur = 184,
  kFlags = 208,
  kLastObject = 212,
  kUpdateAt = 232,
  kPageBytes = 236,
  kMinRequired = 296,
  kMaxRequired = 300,
  kCreateVersion = 340,
  kCreateUpdate = 344,
  kMaxRequiredCreated = 348,
  kFullPrevKind = 356,
  kIncPrevKind = 360,
  kMaxCommitted = 416,
  kCopyPrev = 420,
  kDiffPrev = 444,
  kCopyPrevKind = 468,
  kDiffPrevKind = 472,
};

/// As the header says it beside the remembered backup: 0 streaming, 1 snapshot.
uint32_t KindOf(const JET_BKINFO& backup) { return OfSnapshot(backup) ? 1 : 0; }

void EncodeBackups(const DatabaseHeader& header, Bytes page) {
  Store(page, kFullPrev, header.full_prev);
  Store(page, kIncPrev, header.inc_prev);
  Store(page, kFullCur, header.full_cur);
  Store(page, kCopyPrev, header.copy_prev);
  Store(page, kDiffPrev, header.diff_prev);
  Store(page, kFullPrevKind, KindOf(header.full_prev));
  Store(page, kIncPrevKind, KindOf(header.inc_prev));
  Store(page, kCopyPrevKind, KindOf(header.copy_prev));
  Store(page, kDiffPrevKind, KindOf(header.diff_prev));
}

void DecodeBackups(ConstBytes page, DatabaseHeader* header) {
  header->full_prev = Load<JET_BKINFO>(page, kFullPrev);
  header->inc_prev = Load<JET_BKINFO>(page, kIncPrev);
  header->full_cur = Load<JET_BKINFO>(page, kFullCur);
  header->copy_prev = Load<JET_BKINFO>(page, kCopyPrev);
  header->diff_prev = Load<JET_BKINFO>(page, kDiffPrev);
}

void EncodeHistory(const DatabaseHeader& header, Bytes page) {
  Store(page, kState, header.state);
  Store(page, kConsistent, header.consistent.ToJet());
  Store(page, kConsistentTime, header.consistent_time);
  Store(page, kAttachTime, header.attach_time);
  Store(page, kAttached, header.attached.ToJet());
  Store(page, kDetachTime, header.detach_time);
  Store(page, kDetached, header.detached.ToJet());
  Store(page, kMinRequired, header.generation_min_required);
  Store(page, kMaxRequired, header.generation_max_required);
  Store(page, kMaxRequiredCreated, header.max_required_created);
  Store(page, kMaxCommitted, header.generation_max_committed);
}

void DecodeHistory(ConstBytes page, DatabaseHeader* header) {
  header->state = Load<uint32_t>(page, kState);
  header->consistent = LogPosition::FromJet(Load<JET_LGPOS>(page, kConsistent));
  header->consistent_time = Load<JET_LOGTIME>(page, kConsistentTime);
  header->attach_time = Load<JET_LOGTIME>(page, kAttachTime);
  header->attached = LogPosition::FromJet(Load<JET_LGPOS>(page, kAttached));
  header->detach_time = Load<JET_LOGTIME>(page, kDetachTime);
  header->detached = LogPosition::FromJet(Load<JET_LGPOS>(page, kDetached));
  header->generation_min_required = Load<uint32_t>(page, kMinRequired);
  header->generation_max_required = Load<uint32_t>(page, kMaxRequired);
  header->max_required_created = Load<JET_LOGTIME>(page, kMaxRequiredCreated);
  header->generation_max_committed = Load<uint32_t>(page, kMaxCommitted);
}

}  // namespace

void EncodeDatabaseHeader(const DatabaseHeader& header, Bytes page) {
  std::fill(page.begin(), page.end(), std::byte{0});
  Store(page, kMagicAt, kMagic);
  Store(page, kVersionAt, kVersion);
  Store(page, kDbtime, header.dbtime);
  Store(page, kSignature, header.signature);
  Store(page, kLogSignature, header.log_signature);
  const uint32_t flags = (header.shadowed ? 0 : kFlagShadowingOff) |  //
                         (header.logged ? 0 : kFlagNotLogged);
  Store(page, kFlags, flags);
  Store(page, kLastObject, header.last_object);
  Store(page, kUpdateAt, kUpdate);
  Store(page, kPageBytes, header.page_bytes);
  Store(page, kCreateVersion, kVersion);
  Store(page, kCreateUpdate, kUpdate);
  EncodeHistory(header, page);
  EncodeBackups(header, page);
  SealHeader(page);
}

Err DecodeDatabaseHeader(ConstBytes page, DatabaseHeader* header) {
  if (Load<uint32_t>(page, kMagicAt) != kMagic) return JET_errDatabaseCorrupted;
  header->page_bytes = Load<uint32_t>(page, kPageBytes);
  const bool whole = header->page_bytes == page.size();
  const ConstBytes summed = whole ? page : page.first(kHeaderBytesMin);
  if (!HeaderIsSealed(summed)) return JET_errDatabaseCorrupted;
  if (Load<uint32_t>(page, kVersionAt) != kVersion) return JET_errInvalidDatabaseVersion;
  if (Load<uint32_t>(page, kFileKind) != 0) return JET_errFileInvalidType;
  header->dbtime = Load<uint64_t>(page, kDbtime);
  header->signature = Load<JET_SIGNATURE>(page, kSignature);
  header->log_signature = Load<JET_SIGNATURE>(page, kLogSignature);
  header->shadowed = (Load<uint32_t>(page, kFlags) & kFlagShadowingOff) == 0;
  header->logged = (Load<uint32_t>(page, kFlags) & kFlagNotLogged) == 0;
  header->last_object = Load<uint32_t>(page, kLastObject);
  DecodeHistory(page, header);
  DecodeBackups(page, header);
  return JET_errSuccess;
}

JET_DBINFOMISC4 ToInfo(const DatabaseHeader& header) {
  JET_DBINFOMISC4 info = {};
  info.ulVersion = kVersion;
  info.ulUpdate = kUpdate;
  info.signDb = header.signature;
  info.dbstate = header.state;
  info.lgposConsistent = header.consistent.ToJet();
  info.logtimeConsistent = header.consistent_time;
  info.logtimeAttach = header.attach_time;
  info.lgposAttach = header.attached.ToJet();
  info.logtimeDetach = header.detach_time;
  info.lgposDetach = header.detached.ToJet();
  info.signLog = header.log_signature;
  info.bkinfoFullPrev = header.full_prev;
  info.bkinfoIncPrev = header.inc_prev;
  info.bkinfoFullCur = header.full_cur;
  info.fShadowingDisabled = header.shadowed ? 0 : 1;
  info.cbPageSize = header.page_bytes;
  info.genMinRequired = header.generation_min_required;
  info.genMaxRequired = header.generation_max_required;
  info.logtimeGenMaxCreate = header.max_required_created;
  info.genCommitted = header.generation_max_committed;
  info.bkinfoCopyPrev = header.copy_prev;
  info.bkinfoDiffPrev = header.diff_prev;
  return info;
}

namespace {
constexpr size_t kTrailerFields = 40;  ///< after a header like that of a data page
}  // namespace

bool DecodeTrailer(ConstBytes page, Trailer* trailer) {
  if (!HeaderIsSealed(page)) return false;
  size_t at = kTrailerFields;
  trailer->backup = Load<JET_BKINFO>(page, at);
  trailer->signature = Load<JET_SIGNATURE>(page, at += sizeof(JET_BKINFO));
  trailer->log_signature = Load<JET_SIGNATURE>(page, at += sizeof(JET_SIGNATURE));
  return trailer->backup.genLow != 0;
}

void EncodeTrailer(const DatabaseHeader& header, const JET_BKINFO& backup, uint32_t current,
                   Bytes page) {
  std::fill(page.begin(), page.end(), std::byte{0});
  std::vector<std::byte> fields;
  JET_BKINFO info = backup;
  info.genHigh = current;
  AppendValue(&fields, info);
  AppendValue(&fields, header.signature);
  AppendValue(&fields, header.log_signature);
  AppendValue(&fields, header.generation_min_required);
  AppendValue(&fields, header.generation_max_required);
  AppendValue(&fields, header.generation_max_committed);
  AppendValue(&fields, header.max_required_created);
  AppendValue(&fields, header.max_required_created);
  StoreBytes(page, kTrailerFields, fields);
  SealHeader(page);
}

}  // namespace backstop::engine
