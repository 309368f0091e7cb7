/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel's command line tells the guest, behind "--". */
#ifndef OPTION_H
#define OPTION_H

#include <stdbool.h>

/* options_set() - once, with the arguments of main() */
void options_set(int argc, char **argv);

/* option() - the text behind "NAME=", "" of the word NAME alone; NULL: neither is there */
const char *option(const char *name);

/*
 * option_draw() - whether to try one of very many things: by chance @num of @all, and all with
 * the word "all=1"; draw_begin() comes before, and says which "seed=N" it is that draws the same
 * again
 */
bool option_draw(unsigned int num, unsigned int all);
unsigned int draw_begin(void);

/* option_case() - whether "case=GLOB" wants @name; without it, everything is wanted */
bool option_case(const char *name);

#endif /* OPTION_H */
