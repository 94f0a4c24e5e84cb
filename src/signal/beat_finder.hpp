#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attune/signal/beat.hpp"
#include "attune/signal/gap_filler.hpp"
#include "attune/signal/slip_guard.hpp"
#include "signal/beat_path.hpp"

namespace attune::signal {

/// Heart beats in a signal in which a beat is one sharp wave of a known scale: gaps, breaks, and the top of
/// the wave around `QrsCandidates` and `BeatPath`.
class BeatFinder {
 public:
  BeatFinder(double rate_hz, const WaveScale& scale);

  std::optional<Beat> push(double sample);  ///< NaN where missing
  std::optional<Beat> finish();             ///< what is left when no more samples come, one a call
  [[nodiscard]] double delay_s() const;
  void reset() { *this = BeatFinder(rate_hz_, scale_); }

 private:
  [[nodiscard]] double kept_at(std::int64_t sample) const {
    return kept_[static_cast<std::size_t>(sample) % kept_.size()];
  }
  void keep(std::int64_t sample, double value) {
    kept_[static_cast<std::size_t>(sample) % kept_.size()] = value;
  }
  void take(double value);
  void see(double value, std::int64_t at, std::int64_t until);
  void run_out();
  [[nodiscard]] std::int64_t bounded(double sample) const;
  [[nodiscard]] std::int64_t top_between(std::int64_t from, std::int64_t to) const;
  [[nodiscard]] double fraction_at(std::int64_t top) const;
  void learn_direction(double at);
  [[nodiscard]] Beat refined(const PathBeat& beat);

  double rate_hz_;
  WaveScale scale_;
  SlipGuard slips_;
  GapFiller filler_;
  QrsCandidates candidates_;
  BeatPath path_;
  std::vector<double> kept_;  // ring of the input, by sample
  std::int64_t given_ = 0;    // samples of the input
  std::int64_t taken_ = 0;    // of these, up to the last that is known
  std::int64_t seen_ = 0;     // samples that the candidates have seen, with those made up at breaks
  std::int64_t unchanged_ = 0;
  double last_ = 0.0;
  bool broken_ = true, finished_ = false;
  double top_offset_ = 0.0, upward_ = 0.0;  // of the wave's top; −1 … 1, whether it points up
  int tops_ = 0;
};

}  // namespace attune::signal
