#include "attune/sensors/sensors.hpp"

#include <array>
#include <utility>

#include "sensors/bluetooth_source.hpp"
#include "sensors/board.hpp"
#include "sensors/osc_source.hpp"

namespace attune::sensors {

namespace {

/// Where a stream stands in the vitals of a frame.
constexpr std::array<std::pair<Stream, telemetry::Reading telemetry::Vitals::*>, 8> places{
    std::pair{Stream::heart_rate_bpm, &telemetry::Vitals::heart_rate_bpm},
    std::pair{Stream::rr_ms, &telemetry::Vitals::rr_ms},
    std::pair{Stream::breaths_per_min, &telemetry::Vitals::breaths_per_min},
    std::pair{Stream::breath_phase, &telemetry::Vitals::breath_phase},
    std::pair{Stream::skin_conductance_us, &telemetry::Vitals::skin_conductance_us},
    std::pair{Stream::skin_temperature_c, &telemetry::Vitals::skin_temperature_c},
    std::pair{Stream::eeg_alpha_asymmetry, &telemetry::Vitals::eeg_alpha_asymmetry},
    std::pair{Stream::pupil_mm, &telemetry::Vitals::pupil_mm}};

/// Bands, or expressions: one idea with a reading for each of its values.
template <typename Kind, std::size_t N>
void put(const Board& board, std::array<telemetry::Reading, N>& readings) {
  for (std::size_t i = 0; i < N; ++i) {
    const auto stream = stream_of(static_cast<Kind>(i));
    if (board.fault(stream) != Fault::never) readings[i] = board.reading(stream);
  }
}

constexpr std::int64_t say_lost_every_ns = 2'000'000'000;

/// A source, and how much of what it lost was said.
struct Heard {
  std::unique_ptr<Source> source;
  std::uint64_t lost = 0;
};

}  // namespace

struct Sensors::Impl {
  Board board;
  std::vector<Heard> sources;
  std::int64_t lost_said_ns = 0;

  void take_all();
  void say_lost(std::int64_t now_ns);
};

void Sensors::Impl::take_all() {
  for (auto& heard : sources) {
    // At most what was queued when the queue was full: a source that sends without end cannot hold a frame
    // up.
    Message message;
    for (std::size_t taken = 0; taken < Source::queue_capacity && heard.source->take(message); ++taken)
      board.take(message);
  }
}

void Sensors::Impl::say_lost(std::int64_t now_ns) {
  if (now_ns - lost_said_ns < say_lost_every_ns) return;
  for (auto& heard : sources) {
    const auto lost = heard.source->lost();
    if (lost == heard.lost) continue;
    board.lost(lost - heard.lost);
    heard.lost = lost;
    lost_said_ns = now_ns;
  }
}

Sensors::Sensors(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Sensors::~Sensors() = default;

std::unique_ptr<Sensors> Sensors::open(const Config& config) {
  auto impl = std::make_unique<Impl>();
  if (config.bluetooth) impl->sources.push_back({std::make_unique<BluetoothSource>(*config.bluetooth)});
  if (config.osc) impl->sources.push_back({std::make_unique<OscSource>(*config.osc)});
  return std::unique_ptr<Sensors>(new Sensors(std::move(impl)));
}

void Sensors::read(const FrameInstant& now, telemetry::Vitals& vitals) {
  impl_->take_all();
  impl_->board.look(now);
  impl_->say_lost(now.monotonic_ns);
  for (const auto& [stream, place] : places) {
    if (impl_->board.fault(stream) != Fault::never) vitals.*place = impl_->board.reading(stream);
  }
  put<telemetry::EegBand>(impl_->board, vitals.eeg_share);
  put<telemetry::Expression>(impl_->board, vitals.expressions);
}

const telemetry::Reading& Sensors::reading(Stream stream) const { return impl_->board.reading(stream); }
Fault Sensors::fault(Stream stream) const { return impl_->board.fault(stream); }
bool Sensors::next_notice(Notice& notice) { return impl_->board.next_notice(notice); }

std::vector<SourceStatus> Sensors::status() const {
  std::vector<SourceStatus> all;
  for (const auto& heard : impl_->sources) all.push_back(heard.source->status());
  return all;
}

}  // namespace attune::sensors
