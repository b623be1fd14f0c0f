/* SPDX-License-Identifier: MIT */
/* A client that writes: a table with a primary index, rows in transactions, a change, a deletion, a
 * long value, and all of it read back in the order of the key.
 *
 *     writer DIRECTORY      (an existing, empty directory) */
#include "impl/examples/example.h"

enum { kRows = 1000, kStoryBytes = 20000 };

typedef struct {
  JET_SESID session;
  JET_TABLEID table;
  JET_COLUMNID number, name, story;
} People;

static JET_COLUMNID AddColumn(const People* people, const char* name, JET_COLTYP type) {
  JET_COLUMNID column = 0;
  JET_COLUMNDEF definition;
  memset(&definition, 0, sizeof definition);
  definition.cbStruct = sizeof definition;
  definition.coltyp = type;
  MUST(JetAddColumn(people->session, people->table, name, &definition, NULL, 0, &column));
  return column;
}

static void MakeTable(People* people, JET_DBID database) {
  const char key[] = "+Number\0";
  MUST(JetCreateTable(people->session, database, "People", 1, 80, &people->table));
  people->number = AddColumn(people, "Number", JET_coltypLong);
  people->name = AddColumn(people, "Name", JET_coltypText);
  people->story = AddColumn(people, "Story", JET_coltypLongBinary);
  MUST(JetCreateIndex(people->session, people->table, "ByNumber", JET_bitIndexPrimary, key,
                      sizeof key, 80));
}

static void Insert(const People* people, int32_t number) {
  char name[32];
  snprintf(name, sizeof name, "person %d", (int)number);
  MUST(JetPrepareUpdate(people->session, people->table, JET_prepInsert));
  MUST(JetSetColumn(people->session, people->table, people->number, &number, sizeof number, 0,
                    NULL));
  MUST(JetSetColumn(people->session, people->table, people->name, name, (uint32_t)strlen(name), 0,
                    NULL));
  MUST(JetUpdate(people->session, people->table, NULL, 0, NULL));
}

/* Highest number first: the index brings them in order. */
static void InsertAll(const People* people) {
  int32_t number = 0;
  MUST(JetBeginTransaction(people->session));
  for (number = kRows; number > 0; --number) Insert(people, number);
  MUST(JetCommitTransaction(people->session, 0));
}

static void Seek(const People* people, int32_t number) {
  MUST(JetMakeKey(people->session, people->table, &number, sizeof number, JET_bitNewKey));
  MUST(JetSeek(people->session, people->table, JET_bitSeekEQ));
}

static void GiveAStory(const People* people, int32_t number) {
  char* story = malloc(kStoryBytes);
  if (story == NULL) exit(1);
  memset(story, 's', kStoryBytes);
  Seek(people, number);
  MUST(JetBeginTransaction(people->session));
  MUST(JetPrepareUpdate(people->session, people->table, JET_prepReplace));
  MUST(JetSetColumn(people->session, people->table, people->story, story, kStoryBytes, 0, NULL));
  MUST(JetUpdate(people->session, people->table, NULL, 0, NULL));
  MUST(JetCommitTransaction(people->session, 0));
  free(story);
}

/* An inner transaction that is rolled back leaves the outer one as it was. */
static void Delete(const People* people, int32_t number) {
  MUST(JetBeginTransaction(people->session));
  Seek(people, number);
  MUST(JetDelete(people->session, people->table));
  MUST(JetBeginTransaction(people->session));
  Seek(people, number + 1);
  MUST(JetDelete(people->session, people->table));
  MUST(JetRollback(people->session, 0));
  MUST(JetCommitTransaction(people->session, 0));
}

static void ReadAll(const People* people) {
  int32_t rows = 0, last = 0;
  uint32_t story = 0;
  JET_ERR err = JetMove(people->session, people->table, JET_MoveFirst, 0);
  for (; err >= 0; err = JetMove(people->session, people->table, JET_MoveNext, 0)) {
    int32_t number = 0;
    uint32_t bytes = 0;
    MUST(JetRetrieveColumn(people->session, people->table, people->number, &number, sizeof number,
                           NULL, 0, NULL));
    MUST(
        JetRetrieveColumn(people->session, people->table, people->story, NULL, 0, &bytes, 0, NULL));
    if (number <= last) MUST(JET_errInternalError);
    last = number;
    story += bytes;
    ++rows;
  }
  if (err != JET_errNoCurrentRecord) MUST(err);
  printf("%d rows, the last is %d, stories of %u bytes\n", (int)rows, (int)last, (unsigned)story);
}

int main(int argc, char** argv) {
  People people;
  JET_INSTANCE instance = JET_instanceNil;
  JET_DBID database = 0;
  if (argc != 2) {
    fprintf(stderr, "usage: %s DIRECTORY\n", argv[0]);
    return 2;
  }
  memset(&people, 0, sizeof people);
  instance = StartInstance("writer", argv[1]);
  MUST(JetBeginSession(instance, &people.session, NULL, NULL));
  MUST(JetCreateDatabase(people.session, In(argv[1], "people.edb"), NULL, &database, 0));
  MakeTable(&people, database);
  InsertAll(&people);
  GiveAStory(&people, 500);
  Delete(&people, 501);
  ReadAll(&people);
  MUST(JetCloseTable(people.session, people.table));
  MUST(JetEndSession(people.session, 0));
  MUST(JetTerm(instance));
  return 0;
}
