// SPDX-License-Identifier: MIT
// Tables, columns, keys and rows through the C API: what good calls give, and what others get.
#include <cstring>
#include <string>
#include <vector>

#include "impl/api/engine_fixture.h"

namespace backstop::api {
namespace {

class Records : public DatabaseFixture {
 protected:
  Records() {
    EXPECT_CODE(JetBeginTransaction(session_), JET_errSuccess);
    EXPECT_CODE(JetCreateTable(session_, dbid_, "people", 0, 0, &table_), JET_errSuccess);
    number_ = Column("number", JET_coltypLong, 0);
    name_ = Column("name", JET_coltypText, 0);
    memo_ = Column("memo", JET_coltypLongText, 0);
  }

  JET_ERR Add(const char* name, JET_COLTYP type, JET_GRBIT grbit, JET_COLUMNID* id) {
    const JET_COLUMNDEF column = {.cbStruct = sizeof column, .coltyp = type, .grbit = grbit};
    return JetAddColumn(session_, table_, name, &column, nullptr, 0, id);
  }
  JET_COLUMNID Column(const char* name, JET_COLTYP type, JET_GRBIT grbit) {
    JET_COLUMNID id = 0;
    EXPECT_CODE(Add(name, type, grbit, &id), JET_errSuccess);
    return id;
  }
  JET_ERR Index(const char* name, const std::string& key, JET_GRBIT grbit = JET_bitIndexPrimary) {
    return JetCreateIndex(session_, table_, name, grbit, key.data(),
                          static_cast<uint32_t>(key.size()), 100);
  }
  JET_ERR Prepare(uint32_t prep) { return JetPrepareUpdate(session_, table_, prep); }
  JET_ERR Set(JET_COLUMNID column, const std::string& value, JET_GRBIT grbit = 0) {
    return JetSetColumn(session_, table_, column, value.data(), static_cast<uint32_t>(value.size()),
                        grbit, nullptr);
  }
  JET_ERR SetNumber32(int32_t number) {
    return JetSetColumn(session_, table_, number_, &number, sizeof number, 0, nullptr);
  }
  JET_ERR Update() { return JetUpdate(session_, table_, nullptr, 0, nullptr); }
  JET_ERR Move(int32_t rows) { return JetMove(session_, table_, rows, 0); }
  JET_ERR Key(int32_t number, JET_GRBIT grbit = JET_bitNewKey) {
    return JetMakeKey(session_, table_, &number, sizeof number, grbit);
  }
  JET_ERR Get(JET_COLUMNID column, std::string* value, JET_GRBIT grbit = 0) {
    uint32_t actual = 0;
    value->assign(20'000, ' ');
    const JET_ERR err =
        JetRetrieveColumn(session_, table_, column, value->data(), 20'000, &actual, grbit, nullptr);
    value->resize(err >= 0 ? actual : 0);
    return err;
  }
  void Insert(int32_t number, const std::string& name) {
    ASSERT_OK(Prepare(JET_prepInsert));
    ASSERT_OK(SetNumber32(number));
    ASSERT_OK(Set(name_, name));
    ASSERT_OK(Update());
  }
  void InsertWithIndex() {
    ASSERT_OK(Index("by_number", std::string("+number\0\0", 9)));
    for (const int32_t number : {10, 20, 30}) Insert(number, "n" + std::to_string(number));
  }

  JET_TABLEID table_ = JET_tableidNil;
  JET_COLUMNID number_ = 0, name_ = 0, memo_ = 0;
};

constexpr JET_TABLEID kNoTable = 12345;

TEST_F(Records, ATableThatIsNotOpenIsRefusedByEveryCall) {
  JET_COLUMNDEF column = {.cbStruct = sizeof column, .coltyp = JET_coltypLong};
  char bytes[8] = {};
  uint32_t actual = 0;
  const std::vector<JET_ERR> codes = {
      JetAddColumn(session_, kNoTable, "c", &column, nullptr, 0, nullptr),
      JetGetTableColumnInfo(session_, kNoTable, "c", &column, sizeof column, JET_ColInfo),
      JetCreateIndex(session_, kNoTable, "i", JET_bitIndexPrimary, "+c\0", 4, 100),
      JetSetCurrentIndex(session_, kNoTable, nullptr),
      JetCloseTable(session_, kNoTable),
      JetPrepareUpdate(session_, kNoTable, JET_prepInsert),
      JetSetColumn(session_, kNoTable, 1, bytes, 4, 0, nullptr),
      JetUpdate(session_, kNoTable, nullptr, 0, nullptr),
      JetMove(session_, kNoTable, 1, 0),
      JetDelete(session_, kNoTable),
      JetMakeKey(session_, kNoTable, bytes, 4, JET_bitNewKey),
      JetSeek(session_, kNoTable, JET_bitSeekEQ),
      JetGetBookmark(session_, kNoTable, bytes, 8, &actual),
      JetGotoBookmark(session_, kNoTable, bytes, 8),
      JetRetrieveColumn(session_, kNoTable, 1, bytes, 8, &actual, 0, nullptr)};
  for (const JET_ERR code : codes) EXPECT_CODE(code, JET_errInvalidTableId);
  EXPECT_CODE(JetCloseTable(JET_sesidNil, table_), JET_errInvalidSesid);
}

TEST_F(Records, TablesAndColumnsNeedNamesAndDefinitions) {
  JET_TABLEID table = JET_tableidNil;
  const std::string long_name(65, 'x');
  for (const char* name : {static_cast<const char*>(nullptr), "", long_name.c_str()}) {
    EXPECT_CODE(JetCreateTable(session_, dbid_, name, 0, 0, &table), JET_errInvalidName);
    EXPECT_CODE(Add(name, JET_coltypLong, 0, nullptr), JET_errInvalidName);
    EXPECT_CODE(Index(name, std::string("+number\0\0", 9)), JET_errInvalidName);
  }
  EXPECT_CODE(JetCreateTable(session_, dbid_, "t", 0, 0, nullptr), JET_errInvalidParameter);
  EXPECT_CODE(JetCreateTable(session_, dbid_ + 7, "t", 0, 0, &table), JET_errInvalidDatabaseId);
  EXPECT_CODE(JetCreateTable(session_, dbid_, "people", 0, 0, &table), JET_errTableDuplicate);
  EXPECT_CODE(JetOpenTable(session_, dbid_, "none", nullptr, 0, 0, &table), JET_errObjectNotFound);
  JET_COLUMNDEF column = {.cbStruct = 1, .coltyp = JET_coltypLong};
  EXPECT_CODE(JetAddColumn(session_, table_, "c", &column, nullptr, 0, nullptr),
              JET_errInvalidParameter);
  EXPECT_CODE(JetAddColumn(session_, table_, "c", nullptr, nullptr, 0, nullptr),
              JET_errInvalidParameter);
  EXPECT_CODE(Add("number", JET_coltypLong, 0, nullptr), JET_errColumnDuplicate);
  EXPECT_CODE(Add("c", JET_coltypLong, 0, nullptr), JET_errSuccess);
}

TEST_F(Records, AskingForAColumnNeedsRoomAndTheColumn) {
  JET_COLUMNDEF column = {};
  const auto info = [&](const char* name, void* to, uint32_t size, uint32_t level) {
    return JetGetTableColumnInfo(session_, table_, name, to, size, level);
  };
  EXPECT_CODE(info("number", &column, sizeof column, JET_ColInfo), JET_errSuccess);
  EXPECT_EQ(column.columnid, number_);
  EXPECT_CODE(info(nullptr, &column, sizeof column, JET_ColInfo), JET_errInvalidParameter);
  EXPECT_CODE(info("number", nullptr, sizeof column, JET_ColInfo), JET_errInvalidParameter);
  EXPECT_CODE(info("number", &column, sizeof column, 99), JET_errInvalidParameter);
  EXPECT_CODE(info("number", &column, 4, JET_ColInfo), JET_errInvalidBufferSize);
  EXPECT_CODE(info("none", &column, sizeof column, JET_ColInfo), JET_errColumnNotFound);
}

TEST_F(Records, AnIndexIsAListOfAscendingColumns) {
  EXPECT_CODE(JetCreateIndex(session_, table_, "i", JET_bitIndexPrimary, nullptr, 0, 100),
              JET_errInvalidParameter);
  EXPECT_CODE(Index("i", std::string("+number\0\0", 9), 0), JET_errFeatureNotAvailable);
  for (const std::string& key : {std::string("\0", 1), std::string("+number"),
                                 std::string("-number\0\0", 9), std::string("+\0\0", 3)}) {
    EXPECT_CODE(Index("i", key), JET_errIndexInvalidDef);
  }
  EXPECT_CODE(Key(1), JET_errNoCurrentIndex);
  EXPECT_LT(Index("i", std::string("+none\0\0", 7)), 0);
  InsertWithIndex();
  EXPECT_CODE(JetSetCurrentIndex(session_, table_, nullptr), JET_errSuccess);
  EXPECT_CODE(JetSetCurrentIndex(session_, table_, "by_number"), JET_errSuccess);
  EXPECT_LT(JetSetCurrentIndex(session_, table_, "none"), 0);
}

TEST_F(Records, RowsAreFoundByKey) {
  InsertWithIndex();
  EXPECT_CODE(JetSeek(session_, table_, JET_bitSeekEQ), JET_errKeyNotMade);
  EXPECT_CODE(Key(10, 0), JET_errKeyNotMade);
  EXPECT_CODE(JetMakeKey(session_, table_, nullptr, 4, JET_bitNewKey), JET_errInvalidParameter);
  EXPECT_CODE(JetMakeKey(session_, table_, "ab", 2, JET_bitNewKey), JET_errInvalidBufferSize);
  ASSERT_OK(Key(20));
  EXPECT_CODE(Key(20, 0), JET_errKeyNotMade);
  EXPECT_CODE(JetSeek(session_, table_, 0), JET_errInvalidParameter);
  EXPECT_CODE(JetSeek(session_, table_, JET_bitSeekEQ), JET_errSuccess);
  std::string name;
  EXPECT_CODE(Get(name_, &name), JET_errSuccess);
  EXPECT_EQ(name, "n20");
  EXPECT_CODE(JetSeek(session_, table_, JET_bitSeekGT), JET_errSuccess);
  EXPECT_CODE(Get(name_, &name), JET_errSuccess);
  EXPECT_EQ(name, "n30");
  EXPECT_CODE(JetSeek(session_, table_, JET_bitSeekLT), JET_errSuccess);
  ASSERT_OK(Key(25));
  EXPECT_CODE(JetSeek(session_, table_, JET_bitSeekEQ), JET_errRecordNotFound);
  EXPECT_CODE(JetSeek(session_, table_, JET_bitSeekGE), JET_wrnSeekNotEqual);
  EXPECT_CODE(JetSeek(session_, table_, JET_bitSeekLE), JET_wrnSeekNotEqual);
  ASSERT_OK(Key(99));
  EXPECT_CODE(JetSeek(session_, table_, JET_bitSeekGT), JET_errRecordNotFound);
  ASSERT_OK(JetMakeKey(session_, table_, nullptr, 0, JET_bitNewKey));
  EXPECT_CODE(JetSeek(session_, table_, JET_bitSeekGE), JET_wrnSeekNotEqual);
  ASSERT_OK(JetMakeKey(session_, table_, "abc", 3, JET_bitNormalizedKey));
}

TEST_F(Records, BookmarksComeBackToTheirRow) {
  InsertWithIndex();
  char bytes[100];
  uint32_t actual = 0;
  ASSERT_OK(Move(JET_MoveFirst));
  EXPECT_CODE(JetGetBookmark(session_, table_, bytes, 1, &actual), JET_errBufferTooSmall);
  ASSERT_OK(JetGetBookmark(session_, table_, bytes, sizeof bytes, &actual));
  ASSERT_OK(Move(JET_MoveLast));
  EXPECT_CODE(JetGotoBookmark(session_, table_, nullptr, 0), JET_errInvalidBookmark);
  EXPECT_CODE(JetGotoBookmark(session_, table_, bytes, 0), JET_errInvalidBookmark);
  ASSERT_OK(JetGotoBookmark(session_, table_, bytes, actual));
  ASSERT_OK(JetDelete(session_, table_));
  EXPECT_CODE(JetGotoBookmark(session_, table_, bytes, actual), JET_errRecordDeleted);
  EXPECT_LT(JetDelete(session_, table_), 0);
  while (Move(JET_MoveNext) >= 0) {
  }
  std::string value;
  EXPECT_CODE(JetGetBookmark(session_, table_, bytes, sizeof bytes, &actual),
              JET_errNoCurrentRecord);
  EXPECT_CODE(Get(name_, &value), JET_errNoCurrentRecord);
}

TEST_F(Records, AnUpdateIsPreparedOnceAndCanBeCancelled) {
  EXPECT_CODE(Prepare(99), JET_errInvalidParameter);
  EXPECT_CODE(Prepare(JET_prepCancel), JET_errUpdateNotPrepared);
  EXPECT_CODE(Update(), JET_errUpdateNotPrepared);
  EXPECT_CODE(SetNumber32(1), JET_errUpdateNotPrepared);
  EXPECT_CODE(Prepare(JET_prepReplace), JET_errNoCurrentRecord);
  Insert(1, "one");
  ASSERT_OK(Move(JET_MoveFirst));
  ASSERT_OK(Prepare(JET_prepReplaceNoLock));
  EXPECT_CODE(Prepare(JET_prepReplace), JET_errAlreadyPrepared);
  EXPECT_CODE(Prepare(JET_prepInsert), JET_errAlreadyPrepared);
  EXPECT_CODE(JetSetColumn(session_, table_, name_, nullptr, 4, 0, nullptr),
              JET_errInvalidParameter);
  EXPECT_LT(Set(999, "x"), 0);
  ASSERT_OK(Set(name_, "uno"));
  std::string value;
  EXPECT_CODE(Get(name_, &value, JET_bitRetrieveCopy), JET_errSuccess);
  EXPECT_EQ(value, "uno");
  EXPECT_CODE(Get(memo_, &value, JET_bitRetrieveCopy), JET_wrnColumnNull);
  EXPECT_CODE(Get(name_, &value), JET_errSuccess);
  EXPECT_EQ(value, "one");
  EXPECT_LT(Get(999, &value), 0);
  ASSERT_OK(Prepare(JET_prepCancel));
  EXPECT_CODE(Get(name_, &value, JET_bitRetrieveCopy), JET_errSuccess);
  EXPECT_EQ(value, "one");
}

TEST_F(Records, LongValuesGrowAreReadInPartsAndGoAway) {
  ASSERT_OK(Prepare(JET_prepInsert));
  ASSERT_OK(Set(memo_, std::string(9'000, 'a')));
  ASSERT_OK(Update());
  ASSERT_OK(Move(JET_MoveFirst));
  ASSERT_OK(Prepare(JET_prepReplace));
  ASSERT_OK(Set(memo_, std::string(100, 'b'), JET_bitSetAppendLV));
  std::string value;
  EXPECT_CODE(Get(memo_, &value, JET_bitRetrieveCopy), JET_errSuccess);
  EXPECT_EQ(value.size(), 9'100u);
  ASSERT_OK(Set(memo_, "", JET_bitSetAppendLV));
  ASSERT_OK(Set(name_, "", JET_bitSetZeroLength));
  ASSERT_OK(Update());
  EXPECT_CODE(Get(memo_, &value), JET_errSuccess);
  EXPECT_EQ(value, std::string(9'000, 'a') + std::string(100, 'b'));
  char part[50];
  uint32_t actual = 0;
  JET_RETINFO info = {.cbStruct = sizeof info, .ibLongValue = 9'000};
  EXPECT_CODE(JetRetrieveColumn(session_, table_, memo_, part, sizeof part, &actual, 0, &info),
              JET_wrnBufferTruncated);
  EXPECT_EQ(actual, 100u);
  EXPECT_EQ(std::string(part, sizeof part), std::string(50, 'b'));
  EXPECT_CODE(JetRetrieveColumn(session_, table_, memo_, nullptr, 0, nullptr, 0, nullptr),
              JET_wrnBufferTruncated);
  ASSERT_OK(Prepare(JET_prepReplace));
  ASSERT_OK(Set(memo_, ""));
  ASSERT_OK(Update());
  EXPECT_CODE(Get(memo_, &value), JET_wrnColumnNull);
  ASSERT_OK(JetDelete(session_, table_));
}

TEST_F(Records, WhatMustNotBeNullIsAskedFor) {
  const JET_COLUMNID wanted = Column("wanted", JET_coltypLong, JET_bitColumnNotNULL);
  ASSERT_OK(Prepare(JET_prepInsert));
  EXPECT_CODE(Update(), JET_errNullInvalid);
  EXPECT_CODE(JetSetColumn(session_, table_, wanted, nullptr, 0, 0, nullptr), JET_errNullInvalid);
  const int32_t number = 5;
  ASSERT_OK(JetSetColumn(session_, table_, wanted, &number, sizeof number, 0, nullptr));
  ASSERT_OK(Update());
}

TEST_F(Records, AnIndexCanRefuseNull) {
  ASSERT_OK(Index("strict", std::string("+number\0\0", 9),
                  JET_bitIndexPrimary | JET_bitIndexDisallowNull));
  ASSERT_OK(Prepare(JET_prepInsert));
  EXPECT_CODE(Update(), JET_errNullInvalid);
  ASSERT_OK(SetNumber32(1));
  ASSERT_OK(Update());
}

TEST_F(Records, NumbersThatCountThemselvesGoOnAfterARestart) {
  const JET_COLUMNID id = Column("id", JET_coltypLong, JET_bitColumnAutoincrement);
  Insert(1, "one");
  Insert(2, "two");
  ASSERT_OK(JetCommitTransaction(session_, 0));
  std::string first, second;
  ASSERT_OK(Move(JET_MoveFirst));
  ASSERT_OK(Get(id, &first));
  ASSERT_OK(Move(JET_MoveNext));
  ASSERT_OK(Get(id, &second));
  EXPECT_NE(first, second);
  ASSERT_OK(JetCloseTable(session_, table_));
  ASSERT_OK(JetOpenTable(session_, dbid_, "people", nullptr, 0, 0, &table_));
  ASSERT_OK(JetBeginTransaction(session_));
  Insert(3, "three");
  std::string third;
  ASSERT_OK(Move(JET_MoveLast));
  ASSERT_OK(Get(id, &third));
  EXPECT_NE(third, second);
}

}  // namespace
}  // namespace backstop::api
