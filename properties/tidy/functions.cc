// SPDX-License-Identifier: MIT
#include "properties/tidy/functions.h"

#include <algorithm>
#include <array>
#include <string>

#include "properties/tidy/code_text.h"

namespace backstop::tidy {
namespace {

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \n");
  if (first == kNone) return {};
  return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

// The text behind the bracket that closes the one at the front.
std::string_view AfterBrackets(std::string_view text, char open, char close) {
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    depth += static_cast<int>(text[i] == open) - static_cast<int>(text[i] == close);
    if (depth == 0) return text.substr(i + 1);
  }
  return {};
}

std::string_view WithoutTemplate(std::string_view head) {
  head = Trimmed(head);
  while (head.starts_with("template")) {
    const size_t open = head.find('<');
    if (open == kNone) return {};
    head = Trimmed(AfterBrackets(head.substr(open), '<', '>'));
  }
  return head;
}

bool HasWord(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != kNone; at = text.find(word, at + 1)) {
    const size_t end = at + word.size();
    if ((at == 0 || !IsWord(text[at - 1])) && (end == text.size() || !IsWord(text[end]))) {
      return true;
    }
  }
  return false;
}

// Whether these words before a brace open a namespace or a class: a place where functions lie.
bool OpensScope(std::string_view head) {
  constexpr std::array<std::string_view, 6> kWords = {"namespace", "class", "struct",
                                                      "union",     "enum",  "extern"};
  const std::string_view words = head.substr(0, head.find('('));
  return std::ranges::any_of(kWords, [&](std::string_view word) { return HasWord(words, word); });
}

// A function has parameters in front of its body; an initializer has an equals sign outside them.
bool OpensFunction(std::string_view head) {
  const size_t parameters = head.find('(');
  if (parameters == kNone) return false;
  const std::string_view name = head.substr(0, parameters);
  return HasWord(name, "operator") || name.find('=') == kNone;
}

// Keeps the beginning of the declaration that is being read and the braces around it.
class FunctionFinder {
 public:
  explicit FunctionFinder(std::string_view code) : code_(code) {}

  std::vector<FunctionSpan> Run() {
    for (at_ = 0; at_ < code_.size(); ++at_) Step();
    return std::move(found_);
  }

 private:
  void Step() {
    switch (code_[at_]) {
      case '{':
        Open();
        break;
      case '}':
        Close();
        break;
      case ';':
        StartDeclaration();
        break;
      case ':':
        if (IsAccessLabel()) StartDeclaration();
        break;
    }
  }

  void Open() {
    if (depth_inside_ > 0) {
      ++depth_inside_;
      return;
    }
    const std::string_view head = WithoutTemplate(Head());
    if (OpensScope(head)) {
      StartDeclaration();
    } else {
      depth_inside_ = 1;
      is_function_ = OpensFunction(head);
    }
  }

  void Close() {
    if (depth_inside_ > 0 && (--depth_inside_ > 0 || DeclarationGoesOn())) return;
    if (is_function_) Add();
    StartDeclaration();
  }

  void StartDeclaration() {
    if (depth_inside_ > 0) return;
    head_ = at_ + 1;
    is_function_ = false;
  }

  // Members are initialised with braces in front of a constructor's body.
  bool DeclarationGoesOn() const {
    const size_t next = code_.find_first_not_of(" \n", at_ + 1);
    return next != kNone && (code_[next] == ',' || code_[next] == '{' || code_[next] == ')');
  }

  std::string_view Head() const { return code_.substr(head_, at_ - head_); }

  bool IsAccessLabel() const {
    const std::string_view head = Trimmed(Head());
    return head == "public" || head == "protected" || head == "private";
  }

  void Add() {
    const size_t first = code_.find_first_not_of(" \n", head_);
    found_.push_back({.first_line = LineOf(first), .lines = LineOf(at_) - LineOf(first) + 1});
  }

  size_t LineOf(size_t position) const {
    return 1 + static_cast<size_t>(std::ranges::count(code_.substr(0, position), '\n'));
  }

  std::string_view code_;
  size_t at_ = 0;
  size_t head_ = 0;           // where the current declaration starts
  int depth_inside_ = 0;      // braces inside a function or an initializer
  bool is_function_ = false;  // whether those braces are a function's
  std::vector<FunctionSpan> found_;
};

}  // namespace

std::vector<FunctionSpan> FindFunctions(std::string_view text) {
  const std::string code = WithoutDirectives(CodeOnly(text));
  return FunctionFinder(code).Run();
}

}  // namespace backstop::tidy
