#include "attune/attention/gaze_classifier.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <numbers>

#include "attention/gaze_drift.hpp"
#include "attention/gaze_movements.hpp"
#include "attention/gaze_slots.hpp"
#include "attention/gaze_stillness.hpp"
#include "attention/gaze_velocity.hpp"

namespace attune::attention {
namespace {

constexpr float degrees_a_radian = static_cast<float>(180.0 / std::numbers::pi);
constexpr double fastest_rate_hz = 1000.0;
constexpr std::size_t room = 64;  ///< slots beyond window and delay

std::size_t capacity_for(const GazeClassifierParameters& p) {
  return static_cast<std::size_t>((p.delay_s + p.drift_back_s) * fastest_rate_hz) + room;
}

bool is_unit(const glm::vec3& direction) {
  const float square = glm::dot(direction, direction);
  return square > 0.5F && square < 2.0F;  // false for NaN as well
}

}  // namespace

GazePoint as_point(const telemetry::GazeSample& sample) {
  return {sample.time, sample.direction, sample.source == telemetry::GazeSource::eye};
}

GazeClassifierParameters GazeClassifierParameters::of(GazeMode mode) {
  GazeClassifierParameters p;
  if (mode == GazeMode::online) {
    p.delay_s = 0.05;
    p.drift_back_s = 0.26;
    p.drift_ahead_s = 0.04;
    p.evidence_per_s = 27.0F;
    p.evidence_clip = 0.92F;
    p.whole_evidence_s = 0.3;
    p.pursuit_begins_per_s = 0.15F;
    p.pursuit_ends_per_s = 1.5F;
    p.kept_over_saccade = 0.4F;
    p.pursuit_prior = 0.26F;
  }
  return p;
}

class GazeClassifier::Impl {
 public:
  explicit Impl(const GazeClassifierParameters& p) : parameters(p), slots(capacity_for(p)) {
    // Everything in the ring, and the newest sample beside it.
    out.reserve(static_cast<std::size_t>(slots.capacity()) + 1);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void push(const GazePoint& point, bool moved) {
    out.clear();
    if (slots.end() > 0 && point.time.ns < slots[slots.end() - 1].time_ns) {
      emit_all();
      restart();
    }
    if (slots.end() > 0 && point.time.ns == slots[slots.end() - 1].time_ns) {
      take_copy();
      return;
    }
    append(point, moved);
    advance(false);
    emit_due();
  }

  void emit_all() {
    advance(true);
    emit_before(slots.end());
  }

  void restart() {
    slots.clear();
    emitted = 0;
    velocity.reset();
    movements.reset();
    drift.reset();
    stillness.reset();
  }

  const GazeClassifierParameters parameters;
  GazeSlots slots;
  std::vector<LabelledGaze> out;

 private:
  void take_copy() {
    auto& newest = slots[slots.end() - 1];
    ++newest.copies;
  }

  void append(const GazePoint& point, bool moved) {
    const auto number = slots.end();
    auto& slot = slots.append();
    slot.time_ns = point.time.ns;
    slot.lost = !point.tracked || !is_unit(point.direction);
    if (!slot.lost) slot.raw_deg = glm::normalize(point.direction) * degrees_a_radian;
    slot.starts = moved || number == 0;
    if (number == 0) return;
    const double step = slots.seconds(number - 1, number);
    if (step > std::max(parameters.longest_step_s, 3.0 * slots.interval_s)) slot.starts = true;
    follow_interval(step);
    const auto still = stillness.push(slots, number);
    if (still == GazeStillness::none) return;
    movements.take_back(still, emitted);
  }

  void follow_interval(double step) {
    constexpr double share = 0.05;
    if (slots.interval_s == 0.0)
      slots.interval_s = step;
    else
      slots.interval_s *= step > slots.interval_s ? 1.0 + share : 1.0 - share;
  }

  void advance(bool last) {
    velocity.follow(slots, last);
    while (movements.next() < velocity.known()) movements.step(movements.next(), emitted);
    if (const auto first = movements.taken_back(); first != GazeMovements::none) drift.take_back(first);
    drift.follow(last ? slots.end() : movements.settled(), 0);
  }

  /// Online, what is too old with the next sample is due now. Offline, half of what is held comes out at
  /// once, so that smoothing costs the same however long the delay.
  void emit_due() {
    const auto newest = slots.end() - 1;
    const bool full = newest - emitted + 2 >= slots.capacity() - held_back();
    const double oldest_s = slots.seconds(emitted, newest) + slots.interval_s;
    if (!full && oldest_s <= parameters.delay_s) return;
    const double keep_s = parameters.delay_s > smoothing_from_s ? 0.5 * parameters.delay_s
                                                                : parameters.delay_s - slots.interval_s;
    auto until = emitted + 1;
    while (until < newest && slots.seconds(until, newest) > keep_s) ++until;
    emit_before(until);
  }

  /// Slots that the window of drift needs behind the oldest that is not out.
  [[nodiscard]] std::int64_t held_back() const {
    return static_cast<std::int64_t>(parameters.drift_back_s * fastest_rate_hz);
  }

  void emit_before(std::int64_t until) {
    if (until <= emitted) return;
    drift.follow(std::min(movements.settled(), slots.end()), until);
    drift.smooth(emitted);
    for (; emitted < until; ++emitted) emit(slots[emitted]);
  }

  void emit(const GazeSlot& slot) {
    auto label = slot.label;
    if (label == GazeLabel::fixation && slot.lost) label = GazeLabel::none;
    if (label == GazeLabel::fixation && slot.pursuit_smoothed > 0.5F) label = GazeLabel::pursuit;
    out.push_back({{slot.time_ns}, slot.raw_deg / degrees_a_radian, slot.speed_deg_s, label, slot.copies});
  }

  static constexpr double smoothing_from_s = 0.2;

  GazeVelocity velocity{parameters};
  GazeMovements movements{parameters, slots};
  GazeDrift drift{parameters, slots};
  GazeStillness stillness{parameters};
  std::int64_t emitted = 0;  ///< slots before it are out
};

GazeClassifier::GazeClassifier(GazeMode mode) : GazeClassifier(GazeClassifierParameters::of(mode)) {}
GazeClassifier::GazeClassifier(const GazeClassifierParameters& parameters)
    : impl_(std::make_unique<Impl>(parameters)) {}
GazeClassifier::~GazeClassifier() = default;
GazeClassifier::GazeClassifier(GazeClassifier&&) noexcept = default;
GazeClassifier& GazeClassifier::operator=(GazeClassifier&&) noexcept = default;

std::span<const LabelledGaze> GazeClassifier::push(const GazePoint& point, bool moved) {
  impl_->push(point, moved);
  return impl_->out;
}

std::span<const LabelledGaze> GazeClassifier::finish() {
  impl_->out.clear();
  if (impl_->slots.end() > 0) impl_->emit_all();
  impl_->restart();
  return impl_->out;
}

double GazeClassifier::delay_s() const { return impl_->parameters.delay_s; }
double GazeClassifier::interval_s() const { return impl_->slots.interval_s; }
void GazeClassifier::reset() { impl_->restart(); }

}  // namespace attune::attention
