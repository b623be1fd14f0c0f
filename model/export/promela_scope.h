// SPDX-License-Identifier: MIT
// Where the conditions and effects of a row are written down as Promela: the context in which they
// would run, and the statements so far. Members that are not part of the search's position belong
// to an instance or a snapshot that is not there; they have their default value and keep nothing.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "model/export/promela_control.h"
#include "model/machine/context.h"

namespace backstop::model::promela {

/// Statements of a model.
struct Body {
  std::vector<std::string> lines;
  std::set<size_t> written;  ///< cells
};

class Scope {
 public:
  /// `context` points into `variables->first`. Cells that turn out to change are added to the
  /// variables, `keeps` says which cells are kept at all.
  Scope(const Context& context, Variables* variables, const std::vector<bool>* keeps, Body* body)
      : context_(context), variables_(variables), keeps_(keeps), body_(body) {}

  const Context& context() const { return context_; }

  template <class T>
  Expression Read(const T& member) const {
    return ReadAt(&member, static_cast<uint32_t>(member));
  }
  template <class T>
  void Write(const T& member, const Expression& value) {
    WriteAt(&member, value);
  }
  /// Every cell of the part gets its default value.
  template <class T>
  void Reset(const T& part) {
    const T blank;
    CopyAt(&part, &blank, sizeof part);
  }
  /// Every cell of the part gets the value that it has in `other`.
  void CopyAt(const void* part, const void* other, size_t size);

  /// Writes the statements under a condition.
  void If(const Expression& condition, const std::function<void()>& statements);

  /// The same, as if the call addressed this instance.
  Scope Addressing(unsigned slot) const;

 private:
  Expression ReadAt(const void* member, uint32_t blank) const;
  void WriteAt(const void* member, const Expression& value);
  void WriteCell(size_t cell, const Expression& value);

  Context context_;
  Variables* variables_;
  const std::vector<bool>* keeps_;
  Body* body_;
};

}  // namespace backstop::model::promela
