// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Dates as people write and read them, and how much of a validity has gone as a bar.
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cert.h"

#define DAY_S 86400

void date_distance(int64_t seconds, char out[32])
{
    if (seconds < DAY_S) {
        int64_t hours = seconds / 3600;
        snprintf(out, 32, hours > 0 ? "%lld hour%s" : "less than an hour", (long long)hours,
                 hours == 1 ? "" : "s");
    } else {
        int64_t days = seconds / DAY_S;
        snprintf(out, 32, "%lld day%s", (long long)days, days == 1 ? "" : "s");
    }
}

bool date_state(int64_t not_before_s, int64_t not_after_s, int64_t now_s, char *out, size_t cap)
{
    char date[16];
    char far[32];
    if (now_s > not_after_s) {
        format_date(not_after_s, date);
        date_distance(now_s - not_after_s, far);
        snprintf(out, cap, "ended %s (%s ago)", date, far);
        return false;
    }
    if (now_s < not_before_s) {
        format_date(not_before_s, date);
        date_distance(not_before_s - now_s, far);
        snprintf(out, cap, "begins %s (in %s)", date, far);
        return false;
    }
    format_date(not_after_s, date);
    snprintf(out, cap, "until %s", date);
    return true;
}

bool parse_time(const char *text, int64_t *out_s)
{
    *out_s = 0;
    if (text[0] == '@') {
        uint64_t n = 0;
        bool ok = parse_uint(text + 1, INT64_MAX, &n);
        *out_s = (int64_t)n;
        return ok;
    }
    struct tm tm = {0};
    const char *end = strptime(text, "%Y-%m-%d", &tm);
    if (end != NULL && end[0] == 'T') {
        end = strptime(end, "T%H:%M:%S", &tm);
        end = end != NULL && end[0] == 'Z' ? end + 1 : NULL;
    }
    if (end == NULL || end[0] != '\0') {
        return false;
    }
    *out_s = (int64_t)timegm(&tm);
    return true;
}

size_t put_bar(const struct ui *ui, int64_t not_before_s, int64_t not_after_s, int64_t now_s)
{
    int64_t whole = not_after_s - not_before_s;
    int64_t gone = now_s - not_before_s;
    int64_t cells = whole <= 0 ? 0 : gone >= whole ? BAR_WIDTH : gone * BAR_WIDTH / whole;
    if (cells < 0) {
        cells = 0;
    }
    bool ended = now_s > not_after_s || now_s < not_before_s;
    enum tool_style style = ended ? STYLE_BAD : gone > whole / 10 * 9 ? STYLE_WARN : STYLE_GOOD;
    char bar[4 * BAR_WIDTH + 4] = "";
    size_t at = 0;
    for (int64_t i = 0; i < BAR_WIDTH; i++) {
        const char *cell =
            i < cells ? (ui->unicode ? "\u2588" : "#") : (ui->unicode ? "\u2591" : ".");
        at += (size_t)snprintf(bar + at, sizeof(bar) - at, "%s", cell);
    }
    return ui_put(ui, style, bar);
}
