// SPDX-License-Identifier: MIT
// A stack without locks (Treiber), with a mistake that can be switched on.
#pragma once

#include <memory>
#include <vector>

#include "sim/scheduler/shims.h"

namespace backstop::examples {

/// Thread-safe under sequential consistency. Nodes live as long as the stack.
class LockFreeStack {
 public:
  /// `mistaken`: Push looks at the head and sets it without making sure that it is still the same.
  explicit LockFreeStack(bool mistaken = false) : mistaken_(mistaken) {}

  void Push(int value) {
    Node* node = NewNode(value);
    node->next = head_.load();
    if (mistaken_) return head_.store(node);
    while (!head_.compare_exchange_strong(node->next, node)) {
    }
  }

  /// -1 if the stack is empty.
  int Pop() {
    Node* node = head_.load();
    while (node != nullptr && !head_.compare_exchange_strong(node, node->next)) {
    }
    return node == nullptr ? -1 : node->value;
  }

 private:
  struct Node {
    int value = 0;
    Node* next = nullptr;
  };

  Node* NewNode(int value) {
    nodes_.push_back(std::make_unique<Node>(Node{value, nullptr}));
    return nodes_.back().get();
  }

  const bool mistaken_;
  sched::Atomic<Node*> head_{nullptr, "head"};
  std::vector<std::unique_ptr<Node>> nodes_;
};

}  // namespace backstop::examples
