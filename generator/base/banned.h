/* SPDX-License-Identifier: MIT */
/*
 * Functions that no file of this program may call: they overrun buffers, depend
 * on the locale or the clock's zone, or run a shell. Included by the compiler
 * before every source file (-include base/banned.h).
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/* The headers that declare them come first, or poisoning would break those. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __GNUC__
#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok atoi atol atof
#pragma GCC poison localtime gmtime asctime system popen tmpnam mktemp
#endif

#endif
