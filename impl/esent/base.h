/* SPDX-License-Identifier: MIT */
/* Scalar types and error codes. `long` has 32 bits in the original ABI, hence the fixed widths. */
#ifndef BACKSTOP_IMPL_ESENT_BASE_H_
#define BACKSTOP_IMPL_ESENT_BASE_H_

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define JET_API __stdcall
#else
#define JET_API
#endif

#ifdef __cplusplus
#define JET_STATIC_ASSERT(condition, text) static_assert(condition, text)
extern "C" {
#else
#define JET_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#endif

typedef int32_t JET_ERR;
typedef uint32_t JET_GRBIT;
typedef uint32_t JET_DBID;
typedef uint32_t JET_COLUMNID;
typedef uint32_t JET_COLTYP;
typedef uint32_t JET_SNP;
typedef uint32_t JET_SNT;
typedef uint64_t JET_API_PTR;
typedef JET_API_PTR JET_INSTANCE;
typedef JET_API_PTR JET_SESID;
typedef JET_API_PTR JET_TABLEID;
typedef JET_API_PTR JET_HANDLE;
typedef JET_API_PTR JET_OSSNAPID;
typedef const char* JET_PCSTR;
typedef uint16_t JET_WCHAR; /* a unit of UTF-16, as WCHAR in the original ABI */

#define JET_instanceNil (~(JET_INSTANCE)0)
#define JET_sesidNil (~(JET_SESID)0)
#define JET_tableidNil (~(JET_TABLEID)0)
#define JET_dbidNil ((JET_DBID)0xFFFFFFFF)

/* Negative values are failures, positive ones warnings; `err >= 0` is success. */
#ifdef __cplusplus
#define JET_ERROR(name, value, meaning) constexpr JET_ERR name = value;
#include "impl/esent/errors.def"
#undef JET_ERROR
constexpr JET_ERR JET_errDatabaseInconsistent = JET_errDatabaseDirtyShutdown;
#else
enum {
#define JET_ERROR(name, value, meaning) name = value,
#include "impl/esent/errors.def"
#undef JET_ERROR
  JET_errDatabaseInconsistent = JET_errDatabaseDirtyShutdown
};
#endif

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif
