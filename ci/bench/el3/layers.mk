# SPDX-License-Identifier: GPL-2.0-only
# The firmware's files as ./layers has them: "platform/log.c", "model/ram.c"
units := $(file <$(dir $(lastword $(MAKEFILE_LIST)))layers)
platform := $(filter platform/%,$(units))
model := $(filter model/%,$(units))
