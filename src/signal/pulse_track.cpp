#include "signal/pulse_track.hpp"

#include <cmath>

namespace attune::signal {

namespace {

constexpr double least_alike = 0.5;  // a wave that is less so is moved by movement
constexpr double silence_s = 6.0;    // a pulse is told two seconds after it was; a heart pauses for three

}  // namespace

PulseTrack::PulseTrack(double inner_rate_hz, double sign)
    : sign_(sign),
      silence_(silence_s * inner_rate_hz),
      path_(inner_rate_hz),
      likeness_(inner_rate_hz),
      wave_(likeness_.width()) {}

void PulseTrack::push(const BandValue& value, const PulseRhythm& rhythm, const SampleRange& known) {
  auto wave = waves_.push(sign_ * value.value, value.number);
  if (!wave) return;
  wave->sample = value.sample + (wave->foot - static_cast<double>(value.number)) * value.samples_each;
  if (wave->sample >= known.first && wave->sample <= known.last) path_.push(*wave, rhythm);
}

bool PulseTrack::decide(double until, const BandMemory& band) {
  const auto pulse = path_.next(until);
  if (!pulse) return false;
  newest_foot_ = pulse->wave.foot;
  const auto foot = static_cast<std::int64_t>(std::lround(pulse->wave.foot));
  if (band.copy(foot - static_cast<std::int64_t>(likeness_.before()), wave_)) likeness_.push(wave_);
  if (kept_.full()) forget_oldest();
  const bool plausible = pulse->plausible && likeness_.newest() >= least_alike;
  const bool connected = pulse->interval > 0.0 && plausible && plausible_before_;
  kept_.push({pulse->wave.sample, connected});
  plausible_before_ = plausible;
  return true;
}

std::optional<Beat> PulseTrack::take() {
  if (kept_.empty()) return std::nullopt;
  const auto beat = kept_.front();
  kept_.pop_front();
  return beat;
}

void PulseTrack::forget_oldest() {
  kept_.pop_front();
  if (!kept_.empty()) kept_[0].connected = false;
}

void PulseTrack::keep_newest(std::size_t most) {
  while (kept_.size() > most) forget_oldest();
}

void PulseTrack::forget_before(double sample) {
  while (!kept_.empty() && kept_.front().sample < sample) forget_oldest();
}

}  // namespace attune::signal
