// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Paths: certificates as a peer would send them, under roots, with a provider for which every
// signature holds. Whatever they are, the search ends inside its budgets and says why.
//
//     u8 bits: 1 client, 2 profile web; u8 roots; then certificates, each with two bytes of length:
//     first the roots, then the chain
#include "fuzz.h"

#include "null_provider.h"

#include "x509/path.h"

#include <string.h>

enum { MAX_CERTS = 70, NOW = 1795219200 };

static patina_err verify(uint8_t bits, const struct patina_roots *roots, const patina_span *chain,
                         size_t count, struct ptn_path_result *result)
{
    const struct patina_provider *provider = null_provider_new(1);
    struct ptn_server_name name;
    struct ptn_arena arena;
    MUST(provider != NULL);
    MUST(ptn_server_name_parse(PTN_SPAN_LITERAL("a.test"), &name) == PATINA_OK);
    ptn_arena_init(&arena, &ptn_heap, PTN_MAX_ARENA_BYTES);
    struct ptn_path_request request = {
        .provider = provider,
        .roots = roots,
        .chain = chain,
        .chain_count = count,
        .name = (bits & 1) != 0 ? NULL : &name,
        .now_s = NOW,
        .purpose = (bits & 1) != 0 ? PATINA_PURPOSE_CLIENT : PATINA_PURPOSE_SERVER,
        .max_intermediates = PTN_MAX_INTERMEDIATES,
        .profile = (bits & 2) != 0 ? PATINA_PROFILE_WEB : PATINA_PROFILE_PRIVATE,
        .arena = &arena,
    };
    patina_err err = ptn_path_verify(&request, result);
    ptn_arena_clear(&arena);
    patina_provider_unref(provider);
    return err;
}

static void check_result(patina_err err, size_t count, const struct ptn_path_result *result)
{
    MUST(result->signatures <= PTN_MAX_PATH_SIGNATURES && result->steps <= PTN_MAX_PATH_STEPS &&
         result->comparisons <= PTN_MAX_NAME_COMPARISONS);
    MUST(memchr(result->text, 0, sizeof result->text) != NULL);
    MUST(strpbrk(result->text, "\x1b\n\r\t\x7f") == NULL);
    MUST(result->certificate >= -1 && (count == 0 || result->certificate < (int)count));
    if (patina_err_class(err) == PATINA_CLASS_CERTIFICATE) {
        MUST(result->text[0] != '\0' && result->rule[0] != '\0');
    } else {
        MUST(err == PATINA_OK || err == PATINA_ERR_EMPTY_CERTIFICATE ||
             err == PATINA_ERR_TOO_MANY_CERTIFICATES || err == PATINA_ERR_PROVIDER);
        MUST(result->text[0] == '\0' && result->certificate == -1);
    }
    MUST(err != PATINA_OK || result->signatures >= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ptn_reader r = ptn_reader_of((patina_span){data, size});
    patina_span certs[MAX_CERTS];
    size_t count = 0;
    uint8_t bits = 0;
    uint8_t roots_wanted = 0;
    struct ptn_reader der;
    if (!ptn_read_u8(&r, &bits) || !ptn_read_u8(&r, &roots_wanted)) {
        return 0;
    }
    while (count < MAX_CERTS && !ptn_reader_is_empty(&r) && ptn_read_vec16(&r, &der)) {
        certs[count] = ptn_reader_whole(&der);
        count++;
    }
    size_t roots_count = roots_wanted < count ? roots_wanted : count;
    struct patina_roots *roots = NULL;
    if (patina_roots_from_der(certs, roots_count, NULL, &roots) != PATINA_OK) {
        return 0;
    }
    struct ptn_path_result result;
    patina_err err = verify(bits, roots, certs + roots_count, count - roots_count, &result);
    check_result(err, count - roots_count, &result);
    patina_roots_unref(roots);
    return 0;
}
