#pragma once

#include "cli/command.hpp"

/// One function a kind of recording, each in `analyse_NAME.cpp`: adds itself to `attune analyse`.
namespace attune::cli {

void add_analyse_ecg(CLI::App& analyse);
void add_analyse_eda(CLI::App& analyse);
void add_analyse_gaze(CLI::App& analyse);
void add_analyse_ppg(CLI::App& analyse);
void add_analyse_resp(CLI::App& analyse);

}  // namespace attune::cli
