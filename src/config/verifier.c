// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Verifier objects. The judging itself is x509/path.c; when it happens is hs/verify.c.
#include "config/verifier.h"

#include "base/limits.h"
#include "x509/path.h"

static patina_err verifier_alloc(const struct patina_provider *provider,
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

patina_err patina_verifier_new(const struct patina_verifier_options *options,
                               struct patina_verifier **out)
{
    PTN_REQUIRE(out != NULL && options != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    struct patina_verifier_options o;
    PTN_REQUIRE(ptn_copy_options(&o, sizeof o, options, options->struct_size, sizeof o),
                PATINA_ERR_NEWER_OPTIONS);
    PTN_REQUIRE(o.provider != NULL, PATINA_ERR_MISSING_PROVIDER);
    PTN_REQUIRE(o.roots != NULL, PATINA_ERR_NO_ROOTS);
    PTN_REQUIRE(o.profile <= PATINA_PROFILE_WEB, PATINA_ERR_BAD_OPTION);
    PTN_TRY(verifier_alloc(o.provider, ptn_allocator_or_heap(o.alloc), out));
    (*out)->roots = patina_roots_ref(o.roots);
    (*out)->profile = o.profile;
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
    PTN_REQUIRE(o.provider != NULL, PATINA_ERR_MISSING_PROVIDER);
    PTN_REQUIRE(o.verify != NULL, PATINA_ERR_BAD_OPTION);
    PTN_REQUIRE(o.then == NULL || o.then->callback == NULL, PATINA_ERR_BAD_OPTION);
    PTN_TRY(verifier_alloc(o.provider, ptn_allocator_or_heap(o.alloc), out));
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
    patina_roots_unref(v->roots);
    patina_provider_unref(v->provider);
    ptn_free(v->alloc, v, sizeof *v);
    if (then != NULL && ptn_ref_drop(&then->ref)) {
        patina_roots_unref(then->roots);
        patina_provider_unref(then->provider);
        ptn_free(then->alloc, then, sizeof *then);
    }
}

patina_err patina_verifier_check(const struct patina_verifier *v, const patina_span *chain_der,
                                 size_t count, patina_span name, int64_t now_s,
                                 struct patina_report *report)
{
    PTN_REQUIRE(v != NULL && v->roots != NULL && chain_der != NULL && count != 0,
                PATINA_ERR_MISUSE);
    PTN_REQUIRE(count <= PTN_MAX_CERTIFICATES, PATINA_ERR_TOO_MANY_OPTIONS);
    struct ptn_server_name server_name;
    PTN_TRY(ptn_server_name_parse(name, &server_name));

    struct ptn_arena arena;
    ptn_arena_init(&arena, v->alloc, PTN_MAX_ARENA_BYTES);
    struct ptn_path_request request = {
        .provider = v->provider,
        .roots = v->roots,
        .chain = chain_der,
        .chain_count = count,
        .name = &server_name,
        .now_s = now_s,
        .purpose = PTN_PURPOSE_SERVER,
        .profile = (enum patina_profile)v->profile,
        .arena = &arena,
    };
    struct ptn_path_result result;
    patina_err err = ptn_path_verify(&request, &result);
    ptn_arena_clear(&arena);
    if (report != NULL) {
        *report = (struct patina_report){
            .err = err,
            .alert = patina_err_alert(err),
            .in_message = 255,
            .certificate = result.certificate,
            .rfc = result.rfc,
        };
        ptn_span_copy((patina_mspan){(uint8_t *)report->rule, sizeof report->rule},
                      (patina_span){(const uint8_t *)result.rule, sizeof result.rule});
        ptn_span_copy((patina_mspan){(uint8_t *)report->text, sizeof report->text},
                      (patina_span){(const uint8_t *)result.text, sizeof result.text});
    }
    return err;
}
