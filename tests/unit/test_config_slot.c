// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// config/slot.c: a counted object that is replaced under load. `ref` is called in the midst of
// `get`, so what a test does there is what other threads may do there.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "config/slot.h"

struct counted {
    int refs;
    void (*in_get)(void); // what happens while a reader is in the midst of `get`; once
};

enum { MANY = 32 };
static struct counted objects[MANY];
static struct ptn_slot slot;

static void ref(void *object)
{
    struct counted *c = object;
    void (*act)(void) = c->in_get;
    c->in_get = NULL;
    if (act != NULL) {
        act();
    }
    assert_true(c->refs > 0);
    c->refs++;
}

static void unref(void *object)
{
    struct counted *c = object;
    assert_true(c->refs > 0);
    c->refs--;
}

static const struct ptn_slot_class class = {.ref = ref, .unref = unref};

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        objects[i] = (struct counted){.refs = 1};
    }
    ptn_slot_init(&slot, &class, &objects[0]);
    return 0;
}

static void expect(size_t want, uint64_t want_generation)
{
    uint64_t generation = 0;
    struct counted *c = ptn_slot_get(&slot, &generation);
    assert_ptr_equal(c, &objects[want]);
    assert_int_equal(generation, want_generation);
    unref(c);
}

static void test_replaced(void **state)
{
    (void)state;
    for (size_t i = 1; i < MANY; i++) { // more often than there are versions
        expect(i - 1, i);
        expect(i - 1, i);
        assert_true(ptn_slot_set(&slot, &objects[i]));
        assert_int_equal(objects[i - 1].refs, 0);
        assert_int_equal(objects[i].refs, 1);
    }
    ptn_slot_clear(&slot);
    assert_int_equal(objects[MANY - 1].refs, 0);
}

static void test_kept_by_reader(void **state)
{
    (void)state;
    struct counted *mine = ptn_slot_get(&slot, NULL);
    assert_true(ptn_slot_set(&slot, &objects[1]));
    assert_int_equal(mine->refs, 1); // mine alone
    unref(mine);
    ptn_slot_clear(&slot);
}

static void replace(void)
{
    assert_true(ptn_slot_set(&slot, &objects[1]));
    assert_int_equal(objects[0].refs, 1); // a reader is about to take a reference
}

static void test_replaced_in_the_midst(void **state)
{
    (void)state;
    uint64_t generation = 0;
    objects[0].in_get = replace;
    struct counted *mine = ptn_slot_get(&slot, &generation);
    assert_ptr_equal(mine, &objects[0]);
    assert_int_equal(generation, 1);
    assert_int_equal(mine->refs, 1); // the slot's went when the reader left
    expect(1, 2);
    unref(mine);
    ptn_slot_clear(&slot);
}

static void look_and_replace(void)
{
    expect(0, 1); // a second reader comes and goes
    assert_true(ptn_slot_set(&slot, &objects[1]));
    expect(1, 2);
    assert_true(ptn_slot_set(&slot, &objects[2]));
    assert_int_equal(objects[1].refs, 0);
    assert_int_equal(objects[0].refs, 1);
}

static void test_two_readers(void **state)
{
    (void)state;
    objects[0].in_get = look_and_replace;
    struct counted *mine = ptn_slot_get(&slot, NULL);
    assert_int_equal(mine->refs, 1);
    unref(mine);
    expect(2, 3);
    ptn_slot_clear(&slot);
    assert_int_equal(objects[2].refs, 0);
}

static size_t depth;

// Each reader stays in the midst of `get` while the next one comes.
static void replace_and_read(void)
{
    size_t i = ++depth;
    if (!ptn_slot_set(&slot, &objects[i])) {
        return;
    }
    objects[i].in_get = replace_and_read;
    unref(ptn_slot_get(&slot, NULL));
}

static void test_all_versions_held(void **state)
{
    (void)state;
    depth = 0;
    objects[0].in_get = replace_and_read;
    unref(ptn_slot_get(&slot, NULL));
    assert_int_equal(depth, PTN_SLOT_VERSIONS); // the 16th could not be set, and changed nothing
    assert_int_equal(objects[PTN_SLOT_VERSIONS].refs, 1);
    expect(PTN_SLOT_VERSIONS - 1, PTN_SLOT_VERSIONS);
    for (size_t i = 0; i + 1 < PTN_SLOT_VERSIONS; i++) {
        assert_int_equal(objects[i].refs, 0);
    }
    assert_true(ptn_slot_set(&slot, &objects[PTN_SLOT_VERSIONS])); // all are free again
    ptn_slot_clear(&slot);
}

#define ROW(name, test) {name, test, set_up, NULL, NULL}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("replaced again and again", test_replaced),
        ROW("a reader's reference outlives the setting", test_kept_by_reader),
        ROW("replaced while a reader is in the midst", test_replaced_in_the_midst),
        ROW("replaced twice while two readers are in the midst", test_two_readers),
        ROW("every version held by a sleeping reader", test_all_versions_held),
    };
    return cmocka_run_group_tests_name("config_slot", tests, NULL, NULL) != 0;
}
