#pragma once

#include "cli/command.hpp"

/// One function a kind of recording, each in `analyse_NAME.cpp`: adds itself to `attune analyse`.
namespace attune::cli {

void add_analyse_ecg(Command& analyse);
void add_analyse_eda(Command& analyse);
void add_analyse_gaze(Command& analyse);
void add_analyse_ppg(Command& analyse);
void add_analyse_resp(Command& analyse);

}  // namespace attune::cli
