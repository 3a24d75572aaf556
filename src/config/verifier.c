// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Verifier objects. The judging itself is x509/path.c; when it happens is hs/verify.c.
#include "config/verifier.h"

#include "base/limits.h"
#include "config/config.h"
#include "x509/der.h"
#include "x509/roots.h"

enum {
    ALL_REVOCATION_FLAGS = PATINA_REVOCATION_LEAF_ONLY | PATINA_REVOCATION_ALLOW_UNKNOWN |
                           PATINA_REVOCATION_ACCEPT_EXPIRED | PATINA_REVOCATION_REQUIRE_STAPLE,
};

patina_err ptn_verifier_alloc(const struct patina_provider *provider,
                              const struct patina_allocator *alloc, struct patina_verifier **out)
{
    struct patina_verifier *v = ptn_alloc(alloc, sizeof *v);
    PTN_REQUIRE(v != NULL, PATINA_ERR_NO_MEMORY);
    ptn_ref_init(&v->ref);
    v->alloc = alloc;
    v->provider = patina_provider_ref(provider);
    *out = v;
    return PATINA_OK;
}

static void verifier_free(struct patina_verifier *v)
{
    patina_roots_unref(v->roots);
    patina_trust_unref(v->trust);
    patina_crls_unref(v->crls);
    patina_provider_unref(v->provider);
    ptn_span_free(v->alloc, v->own_eku);
    ptn_spans_free(v->alloc, v->hints, v->hints_count);
    ptn_spans_free(v->alloc, v->pins.items, v->pins.count);
    ptn_free(v->alloc, v, sizeof *v);
}

// What is for clients has no place in a verifier of servers.
static patina_err check_client_auth(const struct patina_verifier_options *o)
{
    PTN_REQUIRE((o->flags & ~(uint32_t)PATINA_VERIFIER_NO_HINTS) == 0 &&
                    o->client_auth <= PATINA_CLIENT_AUTH_OPTIONAL,
                PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(o->purpose == PATINA_PURPOSE_CLIENT ||
                    (o->flags == 0 && o->client_auth == 0 && o->hints_count == 0),
                PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(o->hints_count <= PTN_MAX_HINTS, PATINA_ERR_TOO_MANY_OPTIONS);
    PTN_REQUIRE(o->hints_count == 0 ||
                    (o->hints != NULL && (o->flags & PATINA_VERIFIER_NO_HINTS) == 0),
                PATINA_ERR_BAD_OPTION);
    for (size_t i = 0; i < o->hints_count; i++) {
        patina_span name = PTN_ITEM(o->hints, o->hints_count, i);
        struct ptn_reader r = ptn_reader_of(name);
        patina_span parts;
        PTN_REQUIRE(name.ptr != NULL && name.len <= PTN_MAX_NAME_BYTES &&
                        ptn_der_read(&r, PTN_DER_SEQUENCE, &parts) && ptn_read_end(&r),
                    PATINA_ERR_BAD_OPTION);
    }
    return PATINA_OK;
}

static patina_err check_options(const struct patina_verifier_options *o)
{
    PTN_TRY(ptn_provider_check(o->provider));
    PTN_REQUIRE(o->roots != NULL || o->trust != NULL, PATINA_ERR_NO_ROOTS);
    PTN_REQUIRE(o->roots == NULL || o->trust == NULL, PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(o->profile <= PATINA_PROFILE_WEB && o->purpose <= PATINA_PURPOSE_CLIENT,
                PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(o->max_intermediates <= PTN_MAX_INTERMEDIATES ||
                    o->max_intermediates == PATINA_NO_INTERMEDIATES,
                PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(o->own_eku.len <= PTN_MAX_OID_BYTES &&
                    (o->own_eku.len == 0 || o->own_eku.ptr != NULL),
                PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(o->revocation <= ALL_REVOCATION_FLAGS && o->reserved == 0, PATINA_ERR_BAD_OPTION);
    return check_client_auth(o);
}

patina_err patina_verifier_new(const struct patina_verifier_options *options,
                               struct patina_verifier **out)
{
    PTN_REQUIRE(out != NULL && options != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    struct patina_verifier_options o;
    PTN_REQUIRE(ptn_copy_options(&o, sizeof o, options, options->struct_size, sizeof o),
                PATINA_ERR_NEWER_OPTIONS);
    PTN_TRY(check_options(&o));
    struct patina_verifier *v;
    PTN_TRY(ptn_verifier_alloc(o.provider, ptn_allocator_or_heap(o.alloc), &v));
    if (!ptn_span_dup(v->alloc, o.own_eku, &v->own_eku) ||
        !ptn_spans_dup(v->alloc, o.hints, o.hints_count, &v->hints)) {
        verifier_free(v);
        return PATINA_ERR_NO_MEMORY;
    }
    v->roots = patina_roots_ref(o.roots);
    v->trust = patina_trust_ref(o.trust);
    v->crls = patina_crls_ref(o.crls);
    v->revocation = o.revocation;
    v->profile = o.profile;
    v->purpose = o.purpose;
    v->flags = o.flags;
    v->client_auth = o.client_auth;
    v->hints_count = o.hints_count;
    v->max_intermediates = o.max_intermediates == 0 ? PTN_MAX_INTERMEDIATES : o.max_intermediates;
    if (o.max_intermediates == PATINA_NO_INTERMEDIATES) {
        v->max_intermediates = 0;
    }
    *out = v;
    return PATINA_OK;
}

patina_err patina_verifier_callback_new(const struct patina_verifier_callback_options *options,
                                        struct patina_verifier **out)
{
    PTN_REQUIRE(out != NULL && options != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    struct patina_verifier_callback_options o;
    PTN_REQUIRE(ptn_copy_options(&o, sizeof o, options, options->struct_size, sizeof o),
                PATINA_ERR_NEWER_OPTIONS);
    PTN_TRY(ptn_provider_check(o.provider));
    PTN_REQUIRE(o.verify != NULL, PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(o.then == NULL || o.then->callback == NULL, PATINA_ERR_BAD_OPTION);
    PTN_TRY(ptn_verifier_alloc(o.provider, ptn_allocator_or_heap(o.alloc), out));
    (*out)->callback = o.verify;
    (*out)->user = o.user;
    (*out)->drop_user = o.drop_user;
    (*out)->then = patina_verifier_ref(o.then);
    return PATINA_OK;
}

struct patina_verifier *patina_verifier_ref(struct patina_verifier *v)
{
    if (v != NULL) {
        ptn_ref_add(&v->ref);
    }
    return v;
}

void patina_verifier_unref(struct patina_verifier *v)
{
    if (v == NULL || !ptn_ref_drop(&v->ref)) {
        return;
    }
    struct patina_verifier *then = v->then; // a built-in one, which has none itself: one step deep
    if (v->drop_user != NULL) {
        v->drop_user(v->user);
    }
    verifier_free(v);
    if (then != NULL && ptn_ref_drop(&then->ref)) {
        verifier_free(then);
    }
}

bool ptn_verifier_is_for_servers(const struct patina_verifier *v)
{
    const struct patina_verifier *built_in = v->callback == NULL ? v : v->then;
    return built_in == NULL || built_in->purpose == PATINA_PURPOSE_SERVER;
}

bool ptn_verifier_builds_paths(const struct patina_verifier *v)
{
    const struct patina_verifier *built_in = v->callback == NULL ? v : v->then;
    return built_in != NULL && built_in->pins.count == 0;
}

void ptn_verifier_pin_trust(const struct patina_verifier *v, struct ptn_pinned_trust *out)
{
    ptn_trust_pin(v->trust, out);
    if (v->trust == NULL) {
        out->roots = patina_roots_ref(v->roots);
    }
}

size_t ptn_verifier_hints(const struct patina_verifier *v, const struct ptn_pinned_trust *trust,
                          patina_span *out, size_t room)
{
    size_t count = 0;
    bool own = v->hints_count != 0;
    size_t most = own ? v->hints_count : patina_roots_count(trust->roots);
    if (v->purpose != PATINA_PURPOSE_CLIENT || (v->flags & PATINA_VERIFIER_NO_HINTS) != 0) {
        return 0;
    }
    for (size_t i = 0; i < most && count < room; i++) {
        patina_span name =
            own ? PTN_ITEM(v->hints, v->hints_count, i) : ptn_roots_subject(trust->roots, i);
        // Roots stand in the order of their subjects.
        if (count == 0 || !ptn_span_equal(PTN_ITEM(out, room, count - 1), name)) {
            PTN_ITEM(out, room, count) = name;
            count++;
        }
    }
    return count;
}

patina_err ptn_verifier_judge(const struct patina_verifier *v, const struct ptn_path_request *asked,
                              struct ptn_path_result *out)
{
    if (v->pins.count != 0) {
        return ptn_pins_judge(&v->pins, asked, out);
    }
    struct ptn_path_request request = *asked;
    struct ptn_pinned_trust pinned;
    ptn_verifier_pin_trust(v, &pinned);
    request.links.generation = pinned.generation;
    request.provider = v->provider;
    request.roots = pinned.roots;
    request.purpose = (enum patina_purpose)v->purpose;
    request.own_eku = v->own_eku;
    request.profile = (enum patina_profile)v->profile;
    request.max_intermediates = v->max_intermediates;
    request.revocation.crls = v->crls;
    request.revocation.flags = v->revocation;
    patina_err err = ptn_path_verify(&request, out);
    ptn_trust_unpin(&pinned);
    return err;
}

// ---- Judging outside a connection

static void write_result(const struct ptn_path_result *found, patina_err err,
                         struct patina_verify_result *out)
{
    *out = (struct patina_verify_result){
        .path_count = (uint32_t)found->path_count,
        .root = err == PATINA_OK ? (int32_t)found->root : -1,
        .signatures = (uint32_t)found->signatures,
        .steps = (uint32_t)found->steps,
        .comparisons = (uint32_t)found->comparisons,
    };
    for (size_t i = 0; i < found->path_count; i++) {
        PTN_AT(out->path, i) = PTN_AT(found->path, i);
    }
}

static void write_report(const struct ptn_path_result *found, patina_err err,
                         struct patina_report *out)
{
    *out = (struct patina_report){
        .err = err,
        .alert = patina_err_alert(err),
        .in_message = 255,
        .certificate = found->certificate,
        .rfc = found->rfc,
    };
    ptn_span_copy((patina_mspan){(uint8_t *)out->rule, sizeof out->rule},
                  (patina_span){(const uint8_t *)found->rule, sizeof found->rule});
    ptn_span_copy((patina_mspan){(uint8_t *)out->text, sizeof out->text},
                  (patina_span){(const uint8_t *)found->text, sizeof found->text});
}

static patina_err judge(const struct patina_verifier *v, const struct patina_verify_input *in,
                        struct ptn_path_result *out_found)
{
    struct ptn_server_name name;
    struct ptn_arena arena;
    struct ptn_path_request request = {
        .chain = in->chain,
        .chain_count = in->chain_count,
        .now_s = in->now_s,
        .revocation = {.staple = in->staple},
        .arena = &arena,
    };
    if (in->name.len != 0) {
        PTN_TRY(ptn_server_name_parse(in->name, &name));
        request.name = &name;
    }
    ptn_arena_init(&arena, v->alloc, PTN_MAX_ARENA_BYTES);
    patina_err err = ptn_verifier_judge(v, &request, out_found);
    ptn_arena_clear(&arena);
    return err;
}

patina_err patina_verifier_judge(const struct patina_verifier *v,
                                 const struct patina_verify_input *input,
                                 struct patina_verify_result *result, struct patina_report *report)
{
    struct patina_verify_input in;
    struct ptn_path_result found = {.certificate = -1};
    PTN_REQUIRE(v != NULL && v->callback == NULL && input != NULL, PATINA_ERR_MISUSE);
    PTN_REQUIRE(ptn_copy_options(&in, sizeof in, input, input->struct_size, sizeof in),
                PATINA_ERR_NEWER_OPTIONS);
    PTN_REQUIRE(in.chain != NULL && in.chain_count != 0 && in.flags == 0, PATINA_ERR_MISUSE);
    PTN_REQUIRE(in.chain_count <= PTN_MAX_CERTIFICATES, PATINA_ERR_TOO_MANY_OPTIONS);
    patina_err err = judge(v, &in, &found);
    if (result != NULL) {
        write_result(&found, err, result);
    }
    if (report != NULL) {
        write_report(&found, err, report);
    }
    return err;
}

patina_err patina_verifier_check(const struct patina_verifier *v, const patina_span *chain_der,
                                 size_t count, patina_span name, int64_t now_s,
                                 struct patina_report *report)
{
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    PTN_REQUIRE(name.len != 0, PATINA_ERR_BAD_SERVER_NAME);
    in.chain = chain_der;
    in.chain_count = count;
    in.name = name;
    in.now_s = now_s;
    return patina_verifier_judge(v, &in, NULL, report);
}
