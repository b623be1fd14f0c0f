// SPDX-License-Identifier: MIT
// Holds the checkout to the rules of the house.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "properties/tidy/rules.h"
#include "properties/tidy/source_tree.h"

namespace backstop::tidy {
namespace {

using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const SourceTree& Checkout() {
  static const SourceTree tree = LoadTree(BACKSTOP_SOURCE_DIR);
  return tree;
}

TEST(Tidy, TheCheckoutIsThere) { EXPECT_THAT(Checkout(), SizeIs(Gt(50u))); }

TEST(Tidy, IncludesFollowTheArrows) { EXPECT_THAT(CheckIncludes(Checkout()), IsEmpty()); }

TEST(Tidy, HeadersStandAlone) { EXPECT_THAT(CheckHeadersStandAlone(Checkout()), IsEmpty()); }

TEST(Tidy, RunsDependOnNothingButTheirSeed) {
  EXPECT_THAT(CheckBannedNames(Checkout()), IsEmpty());
}

TEST(Tidy, FilesAndFunctionsAreShort) { EXPECT_THAT(CheckSizes(Checkout()), IsEmpty()); }

TEST(Tidy, EveryFileNamesItsLicence) { EXPECT_THAT(CheckLicences(Checkout()), IsEmpty()); }

TEST(Tidy, LinesEndCleanly) { EXPECT_THAT(CheckBlanks(Checkout()), IsEmpty()); }

TEST(Tidy, FilesHaveSnakeCaseNames) { EXPECT_THAT(CheckNames(Checkout()), IsEmpty()); }

TEST(Tidy, NoFileNamesAPlaceOfOneMachine) { EXPECT_THAT(CheckMachinePaths(Checkout()), IsEmpty()); }

TEST(Tidy, EachFolderSaysWhatLivesInIt) { EXPECT_THAT(CheckReadmes(Checkout()), IsEmpty()); }

TEST(Tidy, TheTopLevelHoldsOnlyTheHouse) {
  EXPECT_THAT(CheckTopLevel(TopLevelEntries(BACKSTOP_SOURCE_DIR)), IsEmpty());
}

}  // namespace
}  // namespace backstop::tidy
