// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// limbo.json read into cases. A field of a form not known here fails the reading: a case that is
// only half understood would be judged wrongly.
#include "limbo/limbo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jansson.h>

static bool bad(const char *id, const char *what)
{
    (void)fprintf(stderr, "limbo.json: %s: %s\n", id, what);
    return false;
}

static char *copied(const char *text)
{
    char *copy = strdup(text);
    if (copy == NULL) {
        (void)fprintf(stderr, "no memory\n");
        abort();
    }
    return copy;
}

static void add(struct text_list *l, const char *text)
{
    char **grown = realloc(l->list, (l->count + 1) * sizeof(*l->list));
    if (grown == NULL) {
        (void)fprintf(stderr, "no memory\n");
        abort();
    }
    l->list = grown;
    l->list[l->count] = copied(text);
    l->count++;
}

static bool add_all(const json_t *array, struct text_list *l)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *text = json_string_value(json_array_get(array, i));
        if (text == NULL) {
            return false;
        }
        add(l, text);
    }
    return array == NULL || json_is_null(array) || json_is_array(array);
}

// "2024-03-01T00:00:00.999+00:00": a time between two seconds is the earlier one, as everywhere.
static bool read_time(const json_t *value, int64_t *out)
{
    struct tm tm = {0};
    const char *text = json_string_value(value);
    const char *end = text != NULL ? strptime(text, "%Y-%m-%dT%H:%M:%S", &tm) : NULL;
    if (end == NULL) {
        return false;
    }
    if (*end == '.') {
        end += 1 + strspn(end + 1, "0123456789");
    }
    if (strcmp(end, "Z") != 0 && strcmp(end, "+00:00") != 0) {
        return false;
    }
    *out = timegm(&tm);
    return true;
}

static bool read_name(const json_t *value, struct limbo_case *out)
{
    const char *kind = json_string_value(json_object_get(value, "kind"));
    const char *name = json_string_value(json_object_get(value, "value"));
    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (kind == NULL || name == NULL || (strcmp(kind, "DNS") != 0 && strcmp(kind, "IP") != 0)) {
        return false;
    }
    out->name = copied(name);
    return true;
}

static bool read_case(const json_t *value, int64_t now_s, struct limbo_case *out)
{
    const char *id = json_string_value(json_object_get(value, "id"));
    const char *wanted = json_string_value(json_object_get(value, "expected_result"));
    const char *kind = json_string_value(json_object_get(value, "validation_kind"));
    const char *leaf = json_string_value(json_object_get(value, "peer_certificate"));
    const json_t *when = json_object_get(value, "validation_time");
    const json_t *depth = json_object_get(value, "max_chain_depth");
    if (id == NULL || wanted == NULL || kind == NULL || leaf == NULL) {
        return bad(id != NULL ? id : "a case", "a field is missing");
    }
    *out = (struct limbo_case){.id = copied(id), .max_depth = -1, .now_s = now_s};
    out->wants_success = strcmp(wanted, "SUCCESS") == 0;
    out->is_client = strcmp(kind, "CLIENT") == 0;
    if ((!out->wants_success && strcmp(wanted, "FAILURE") != 0) ||
        (!out->is_client && strcmp(kind, "SERVER") != 0)) {
        return bad(id, "another result or kind than those known");
    }
    add(&out->chain, leaf);
    if (!add_all(json_object_get(value, "untrusted_intermediates"), &out->chain) ||
        !add_all(json_object_get(value, "trusted_certs"), &out->roots) ||
        !add_all(json_object_get(value, "crls"), &out->crls) ||
        !add_all(json_object_get(value, "extended_key_usage"), &out->purposes)) {
        return bad(id, "a list that is none");
    }
    if (json_is_string(when) && !read_time(when, &out->now_s)) {
        return bad(id, "a time of another form");
    }
    if (json_is_integer(depth)) {
        out->max_depth = (int)json_integer_value(depth);
    }
    // Of clients no name is asked: which one it may be is the server's affair.
    if (!out->is_client && !read_name(json_object_get(value, "expected_peer_name"), out)) {
        return bad(id, "a name of another kind");
    }
    return true;
}

bool limbo_read(const char *path, struct limbo_case *out, size_t cap, size_t *out_count)
{
    json_error_t error;
    json_t *file = json_load_file(path, 0, &error);
    const json_t *cases = json_object_get(file, "testcases");
    int64_t now_s = (int64_t)time(NULL);
    size_t count = json_array_size(cases);
    bool good = count > 0 && count <= cap;
    if (!good) {
        (void)fprintf(stderr, "%s: %s\n", path,
                      file == NULL ? error.text : "no cases, or too many");
    }
    *out_count = 0;
    for (size_t i = 0; good && i < count; i++) {
        good = read_case(json_array_get(cases, i), now_s, &out[i]);
        *out_count = i + 1;
    }
    json_decref(file);
    return good;
}

static void free_list(struct text_list *l)
{
    for (size_t i = 0; i < l->count; i++) {
        free(l->list[i]);
    }
    free(l->list);
}

void limbo_free(struct limbo_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(cases[i].id);
        free(cases[i].name);
        free_list(&cases[i].roots);
        free_list(&cases[i].chain);
        free_list(&cases[i].crls);
        free_list(&cases[i].purposes);
    }
}
