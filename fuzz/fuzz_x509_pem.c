// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PEM: the whole input is a text; its blocks are found one by one, and roots are made of it.
#include "fuzz.h"

#include "base/limits.h"
#include "patina/cert.h"
#include "x509/pem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    patina_span text = {data, size};
    struct ptn_buf der;
    size_t position = 0;
    bool have = true;
    bool malformed = false;
    ptn_buf_init(&der, &ptn_heap, PTN_MAX_PEM_BYTES);
    while (have) {
        struct ptn_pem_block block;
        size_t before = position;
        patina_err err = ptn_pem_next(text, &position, &block, &der, &have);
        MUST(err == PATINA_OK || err == PATINA_ERR_BAD_PEM);
        MUST(position >= before && position <= size);
        MUST(have == (ptn_buf_len(&der) != 0));
        if (err == PATINA_ERR_BAD_PEM) {
            MUST(position > before && !have);
            have = true;
            malformed = true;
        }
        MUST(block.start <= size && ptn_pem_line(text, block.start) <= size + 1);
        MUST(ptn_buf_len(&der) <= size);
        use_span(ptn_buf_span(&der));
        use_span(block.label);
    }
    MUST(position == size);
    ptn_buf_clear(&der);

    struct patina_roots *roots = NULL;
    struct patina_roots_refused refused;
    patina_err err = patina_roots_from_pem(text, NULL, &roots, &refused);
    MUST(err == PATINA_OK || err == PATINA_ERR_NO_ROOTS);
    MUST((err == PATINA_OK) == (patina_roots_count(roots) != 0));
    MUST((refused.count != 0) == (refused.err != PATINA_OK));
    MUST(refused.position <= size && (refused.line != 0) == (refused.count != 0));
    patina_roots_unref(roots);
    struct patina_report report = {0};
    ptn_pem_tell(&report, "text", text, NULL);
    MUST((report.text[0] != 0) == malformed);
    return 0;
}
