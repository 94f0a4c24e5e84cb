#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::datasets {

/// One signal of a wristband, evenly sampled.
struct WristSignal {
  double start_s = 0.0;  ///< of its first sample, on the recording's clock
  double rate_hz = 0.0;
  std::vector<double> values;  ///< NaN where the file holds none
};

/// A person's recording with the Empatica E4, and what the person was made to do, second by second.
struct WristRecording {
  std::string id;           ///< "S02"
  std::string licence;      ///< SPDX identifier
  WristSignal pulse;        ///< light that comes back from the skin, arbitrary unit, falling with each pulse
  WristSignal conductance;  ///< of the skin, µS
  WristSignal temperature;  ///< of the skin, °C
  struct Label {
    double time_s = 0.0;  ///< on the recording's clock, whose 0 is the pulse's first sample
    bool stress = false;  ///< a task is on, not a rest
  };
  std::vector<Label> labels;  ///< by time; empty when nobody labelled the recording
};

/// One person of Stress-Predict (Iqbal et al., Sensors 22, 2022; MIT): BVP.csv, EDA.csv, TEMP.csv, each with
/// its start (Unix time) and rate above its values, and labels.csv.
/// @param source  `SNN.tar.xz`, or the folder it unpacks to.
/// Errors (bad input, naming file and row): a file missing, a start or rate that is none, text that is no
/// number, a label other than 0 or 1, labels that go back in time.
[[nodiscard]] core::Result<WristRecording> read_stress_predict(const std::filesystem::path& source);

}  // namespace attune::datasets
