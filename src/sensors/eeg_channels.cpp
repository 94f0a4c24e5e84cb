#include "sensors/eeg_channels.hpp"

#include <cmath>

namespace attune::sensors {

namespace {

// The electrode's own voltage, some hundred µV or, as sent by a Muse, half of the converter's range: followed
// slowly enough to leave delta (1 Hz) alone.
constexpr double level_follows_s = 3.0;
constexpr double farthest_uv = 1000.0;  // as EegBandPowers

double seconds(std::int64_t ns) { return static_cast<double>(ns) * 1e-9; }

}  // namespace

void EegChannels::take(const Sample& sample, double microvolts, double rate_hz, std::vector<Sample>& out) {
  if (sample.part >= part_count) return;
  auto& place = channels_[sample.part];
  const auto now_ns = sample.measured_ns;
  if (!place || place->rate_hz != rate_hz || seconds(now_ns - place->last_ns) > gap_s) {
    place.emplace(rate_hz);
    place->since_ns = place->told_ns = now_ns;
  }
  auto& channel = *place;
  channel.last_ns = now_ns;
  ++channel.count;
  if (const double for_s = seconds(now_ns - channel.since_ns); for_s >= rate_seen_over_s) {
    channel.seen_hz = static_cast<double>(channel.count) / for_s;
    channel.since_ns = now_ns;
    channel.count = 0;
  }
  if (!channel.level_uv && std::isfinite(microvolts)) channel.level_uv = microvolts;
  const double from_level_uv = microvolts - channel.level_uv.value_or(0.0);
  channel.powers.push(from_level_uv);
  if (std::abs(from_level_uv) < farthest_uv)
    *channel.level_uv += from_level_uv / (rate_hz * level_follows_s);
  else
    channel.level_uv.reset();  // an electrode that came off, or a leap to another level
  if (seconds(now_ns - channel.told_ns) < tell_every_s) return;
  channel.told_ns = now_ns;
  tell(channel, sample, out);
}

void EegChannels::tell(Channel& channel, const Sample& sample, std::vector<Sample>& out) {
  auto told = sample;
  const auto alpha = channel.powers.power(telemetry::EegBand::alpha);
  channel.alpha_ns.reset();
  if (!channel.seen_hz) return;
  const bool wrong_rate = std::abs(*channel.seen_hz / channel.rate_hz - 1.0) > rate_tolerance;
  if (wrong_rate || !alpha || !channel.level_uv) {
    // Filters say nothing in their first two seconds; without skin they begin again and again.
    told.fault = wrong_rate ? Fault::out_of_range : Fault::no_contact;
    for (auto stream = first_eeg_stream; stream < first_face_stream; ++stream) {
      told.stream = static_cast<Stream>(stream);
      if (told.stream != Stream::eeg_alpha_asymmetry || told.part == 0) out.push_back(told);
    }
    return;
  }
  double whole = 0.0;
  std::array<double, telemetry::eeg_band_count> powers{};
  for (std::size_t i = 0; i < powers.size(); ++i) {
    powers[i] = channel.powers.power(static_cast<telemetry::EegBand>(i)).value_or(0.0);
    whole += powers[i];
  }
  if (!(whole > 0.0)) return;
  for (std::size_t i = 0; i < powers.size(); ++i) {
    told.stream = stream_of(static_cast<telemetry::EegBand>(i));
    told.value = static_cast<float>(powers[i] / whole);
    out.push_back(told);
  }
  channel.alpha_ns = sample.measured_ns;
  const auto &left = channels_[0], &right = channels_[1];
  if (!left || !right || !left->alpha_ns || !right->alpha_ns) return;
  if (std::abs(seconds(*left->alpha_ns - *right->alpha_ns)) > 2.0 * tell_every_s) return;
  const auto asymmetry = signal::alpha_asymmetry(left->powers, right->powers);
  if (!asymmetry) return;
  told.stream = Stream::eeg_alpha_asymmetry;
  told.part = 0;
  told.value = static_cast<float>(*asymmetry);
  out.push_back(told);
}

}  // namespace attune::sensors
