// SPDX-License-Identifier: MIT
// Leaving one stack for another. On x86-64 a few instructions in place, so that a call that
// switches returns as processors foretell; elsewhere Boost.Context's assembler.
#pragma once

#include <cstddef>

#if defined(__x86_64__) && !defined(BACKSTOP_BOOST_SWITCH)
#define BACKSTOP_OWN_SWITCH 1
#endif
#ifndef BACKSTOP_OWN_SWITCH
#include <boost/context/detail/fcontext.hpp>
#endif

namespace backstop::sched {

/// Where a new stack begins: with what the first jump to it hands over. Must not return.
using StackEntry = void (*)(void* data);

/// The first context of a stack that ends below `top`.
void* NewContext(std::byte* top, std::size_t size, StackEntry entry);

#ifdef BACKSTOP_OWN_SWITCH

/// Leaves in `*from` where the caller goes on, and goes on at `to`. Returns what the jump back
/// hands over. Rounding mode and other floating-point control belong to the stack, as the ABI
/// wants; other registers the compiler saves where it needs them.
[[gnu::always_inline]] inline void* Jump(void** from, void* to, void* data) {
  // Below the stack pointer lie 128 bytes that the caller may use.
  asm volatile(
      "leaq -152(%%rsp), %%rsp\n\t"
      "stmxcsr (%%rsp)\n\t"
      "fnstcw 4(%%rsp)\n\t"
      "movq %%rbp, 8(%%rsp)\n\t"
      "leaq 1f(%%rip), %%rax\n\t"
      "movq %%rax, 16(%%rsp)\n\t"
      "movq %%rsp, (%[from])\n\t"
      "movq %[to], %%rsp\n\t"
      "jmpq *16(%%rsp)\n"
      "1:\n\t"
      "ldmxcsr (%%rsp)\n\t"
      "fldcw 4(%%rsp)\n\t"
      "movq 8(%%rsp), %%rbp\n\t"
      "leaq 152(%%rsp), %%rsp"
      : [data] "+S"(data), [from] "+D"(from), [to] "+d"(to)
      :
      : "rax", "rbx", "rcx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "cc", "memory",
        "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
        "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "st", "st(1)", "st(2)", "st(3)", "st(4)",
        "st(5)", "st(6)", "st(7)");
  return data;
}

#else

struct JumpMessage {
  void** from;
  void* data;
};

inline void* Jump(void** from, void* to, void* data) {
  JumpMessage message{from, data};
  const auto arrived = boost::context::detail::jump_fcontext(to, &message);
  const auto* told = static_cast<const JumpMessage*>(arrived.data);
  *told->from = arrived.fctx;
  return told->data;
}

#endif

}  // namespace backstop::sched
