// SPDX-License-Identifier: MIT
#include "properties/tidy/functions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "properties/tidy/code_text.h"

namespace backstop::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::FieldsAre;
using ::testing::IsEmpty;

TEST(CodeText, CommentsAndLiteralsAreBlankAndNothingMoves) {
  EXPECT_EQ(CodeOnly("a(\"x;\\\"y\"); // z\nb('\\'', 1'000); /* c\n*/ d"),
            "a(\"     \");     \nb('  ', 1'000);     \n   d");
}

TEST(CodeText, ARawStringEndsAtItsOwnDelimiter) {
  EXPECT_EQ(CodeOnly("R\"x( \" )\" )x\" e"), "R\"          \" e");
}

TEST(CodeText, ADirectiveIsBlankWithItsContinuation) {
  EXPECT_EQ(WithoutDirectives("#define A {\\\n  {\nint b;\n"), "            \n   \nint b;\n");
}

TEST(Functions, AreFoundInNamespacesAndClasses) {
  EXPECT_THAT(FindFunctions("namespace a {\n"
                            "class B final : public C {\n"
                            " public:\n"
                            "  int D() const { return 1; }\n"
                            "  void E()\n"
                            "      noexcept {\n"
                            "  }\n"
                            "};\n"
                            "}\n"),
              ElementsAre(FieldsAre(4, 1), FieldsAre(5, 3)));
}

TEST(Functions, ATemplateHeadIsNoClass) {
  EXPECT_THAT(FindFunctions("template <class T, template <class> class U = V>\n"
                            "void F(T t) {\n"
                            "}\n"),
              ElementsAre(FieldsAre(1, 3)));
}

TEST(Functions, ALambdaBelongsToTheFunctionAroundIt) {
  EXPECT_THAT(FindFunctions("int F() {\n  auto g = [](int x) { return x; };\n  return g(1);\n}\n"),
              ElementsAre(FieldsAre(1, 4)));
}

TEST(Functions, AConstructorEndsWithItsBodyAndNotWithAMember) {
  const auto found = FindFunctions("A::A(int b)\n    : b_{b},\n      c_{1} {\n  D();\n}\nint x;\n");
  EXPECT_THAT(found, ElementsAre(FieldsAre(1, 5)));
}

TEST(Functions, ATableIsNone) {
  EXPECT_THAT(
      FindFunctions("const Row kRows[] = {\n  {F(1), 2},\n};\nstd::array<int, 2> kB{1, 2};\n"),
      IsEmpty());
}

TEST(Functions, AnOperatorIsOne) {
  EXPECT_THAT(FindFunctions("bool operator==(A a, A b) {\n  return a.x == b.x;\n}\n"),
              ElementsAre(FieldsAre(1, 3)));
}

}  // namespace
}  // namespace backstop::tidy
