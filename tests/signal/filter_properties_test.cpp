#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "attune/signal/butterworth.hpp"
#include "attune/signal/filters.hpp"
#include "attune/signal/gap_filler.hpp"
#include "attune/signal/hampel.hpp"
#include "attune/signal/own_baseline.hpp"
#include "attune/signal/respiration.hpp"
#include "attune/signal/running_slope.hpp"
#include "attune/signal/skin_conductance.hpp"
#include "attune/signal/slip_guard.hpp"
#include "support/drawn.hpp"

// What holds of filters and of slow signals whatever they are fed.
namespace attune::signal {
namespace {

using attune::test::drawn_between;
using attune::test::later;
using attune::test::with_losses;

constexpr double tau = 2.0 * std::numbers::pi;

/// Any walk: what a filter has to live with.
std::vector<double> drawn_walk(std::size_t samples) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  std::normal_distribution<double> step(0.0, drawn_between(0.01, 10.0));
  double value = drawn_between(-1000.0, 1000.0);
  std::vector<double> values;
  while (values.size() < samples) values.push_back(value += step(random));
  return values;
}

Butterworth drawn_filter(double rate_hz) {
  const int order = *rc::gen::inRange(1, 5);
  const double low = drawn_between(0.005, 0.2) * rate_hz, high = low + drawn_between(0.05, 0.3) * rate_hz;
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return Butterworth::low(order, low, rate_hz);
    case 1:
      return Butterworth::high(order, low, rate_hz);
    case 2:
      return Butterworth::band(order, low, high, rate_hz);
    default:
      return Butterworth::notch(order, low, high, rate_hz);
  }
}

RC_GTEST_PROP(FilterProperties, AShiftInTimeShiftsWhatAButterworthGives, ()) {
  const auto values = drawn_walk(400);
  auto filter = drawn_filter(100.0), after = filter;
  const auto shift = *rc::gen::inRange(0, 200);
  for (int i = 0; i < shift; ++i) after.push(values.front());
  for (const double value : values) RC_ASSERT(std::abs(filter.push(value) - after.push(value)) < 1e-6);
}

RC_GTEST_PROP(FilterProperties, TwiceTheSignalIsTwiceTheResult, ()) {
  const auto values = drawn_walk(400);
  const double times = std::exp2(*rc::gen::inRange(-8, 9));
  auto filter = drawn_filter(100.0), scaled = filter;
  for (const double value : values) RC_ASSERT(times * filter.push(value) == scaled.push(times * value));
}

RC_GTEST_PROP(FilterProperties, AShiftInTimeShiftsWhatHampelGives, ()) {
  const auto values = drawn_walk(300);
  Hampel<4> hampel, after;
  const auto shift = *rc::gen::inRange(0, 50);
  for (int i = 0; i < shift; ++i) after.push(values.front());
  std::size_t given = 0;
  for (const double value : values) {
    const auto here = hampel.push(value), there = after.push(value);
    if (++given > 8) RC_ASSERT(here == there);
  }
}

RC_GTEST_PROP(FilterProperties, BehindAFillerAFilterMeetsOnlyNumbers, ()) {
  const auto values = with_losses(drawn_walk(500));
  GapFiller filler(*rc::gen::inRange<std::size_t>(0, 6));
  auto filter = drawn_filter(100.0);
  Hampel<3> hampel;
  std::size_t known = 0;
  for (const double value : values) {
    const auto filled = filler.push(value);
    known += filled.samples.size() + filled.lost;
    for (const double sample : filled.samples) {
      RC_ASSERT(std::isfinite(filter.push(sample)));
      const auto cleaned = hampel.push(sample);
      RC_ASSERT(!cleaned || std::isfinite(*cleaned));
    }
  }
  std::size_t end = values.size();
  while (end > 0 && std::isnan(values[end - 1])) --end;
  RC_ASSERT(known == end);
}

RC_GTEST_PROP(FilterProperties, ASlipGuardNeverChangesAValueItLetsThrough, ()) {
  const auto values = with_losses(drawn_walk(500));
  SlipGuard guard(100.0);
  for (const double value : values) {
    const double out = guard.push(value);
    RC_ASSERT(std::isnan(out) || out == value);
  }
}

RC_GTEST_PROP(FilterProperties, AFilterOfUnevenStepsGivesNumbers, ()) {
  const auto values = drawn_walk(400);
  const auto lost = attune::test::drawn_losses(values.size());
  Butterworth2<float> low(Pass::low, 5.0F), high(Pass::high, 0.1F);
  float step_s = 0.0F;
  for (std::size_t i = 0; i < values.size(); ++i) {
    step_s += 1.0F / 72.0F;
    if (lost[i]) continue;
    const auto value = static_cast<float>(values[i]);
    RC_ASSERT(std::isfinite(low.push(value, step_s)) && std::isfinite(high.push(value, step_s)));
    step_s = 0.0F;
  }
}

RC_GTEST_PROP(FilterProperties, BaselineAndSlopeAreNumbersWhateverIsLost, ()) {
  OwnBaseline baseline(5.0);
  RunningSlope slope(5.0);
  for (const double value : with_losses(drawn_walk(500))) {
    const auto standard = baseline.push(value, 0.1);
    slope.push(value, 0.1);
    RC_ASSERT(!standard || std::isfinite(*standard));
    RC_ASSERT(!slope.per_second() || std::isfinite(*slope.per_second()));
  }
  RC_ASSERT(slope.per_second().has_value());
}

/// A minute and a half of a belt at any pace, with noise and a drift: seven breaths or more.
std::vector<double> drawn_breathing(double rate_hz) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  std::normal_distribution<double> noise(0.0, drawn_between(0.0, 0.1));
  const double hz = drawn_between(5.0, 30.0) / 60.0, drift = drawn_between(-0.01, 0.01);
  std::vector<double> values;
  for (int i = 0; i < static_cast<int>(90.0 * rate_hz); ++i)
    values.push_back(std::sin(tau * hz * i / rate_hz) + drift * i / rate_hz + noise(random));
  return values;
}

std::vector<Breath> breaths_of(const std::vector<double>& values, double rate_hz) {
  Respiration respiration(rate_hz);
  std::vector<Breath> breaths;
  for (const double value : values) {
    if (const auto breath = respiration.push(value)) breaths.push_back(*breath);
    for (const auto& figure : {respiration.breaths_per_min(), respiration.regularity(), respiration.phase()})
      RC_ASSERT(!figure || std::isfinite(*figure));
  }
  return breaths;
}

RC_GTEST_PROP(RespirationProperties, BreathsMoveWithTheSignalInTime, ()) {
  const double rate = *rc::gen::element(10.0, 25.0, 64.0);
  const auto values = drawn_breathing(rate);
  const auto shift = *rc::gen::inRange<std::size_t>(1, 1000);
  const auto here = breaths_of(values, rate), there = breaths_of(later(values, shift), rate);
  RC_ASSERT(here.size() == there.size());
  RC_ASSERT(here.size() > 1u);
  for (std::size_t i = 0; i < here.size(); ++i) {
    RC_ASSERT(std::abs(there[i].start_s - here[i].start_s - static_cast<double>(shift) / rate) < 1e-6);
    RC_ASSERT(std::abs(there[i].amplitude - here[i].amplitude) < 1e-9);
  }
}

RC_GTEST_PROP(RespirationProperties, AFifthOfTheSamplesMayBeLost, ()) {
  const double rate = *rc::gen::element(10.0, 25.0, 64.0);
  const auto breaths = breaths_of(with_losses(drawn_breathing(rate)), rate);
  RC_ASSERT(!breaths.empty());
  for (const auto& breath : breaths) {
    RC_ASSERT(breath.start_s < breath.top_s && breath.top_s < breath.end_s);
    RC_ASSERT(std::isfinite(breath.amplitude) && breath.amplitude > 0.0);
  }
}

/// Skin that answers once in a while.
std::vector<double> drawn_skin(double rate_hz) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  std::normal_distribution<double> noise(0.0, 0.002);
  const double level = drawn_between(1.0, 15.0), height = drawn_between(0.1, 1.0);
  const double every_s = drawn_between(15.0, 40.0);
  std::vector<double> values;
  for (int i = 0; i < static_cast<int>(90.0 * rate_hz); ++i) {
    double value = level + noise(random);
    for (double at = 10.0; at < i / rate_hz; at += every_s)
      value += 1.9 * height * (std::exp(-(i / rate_hz - at) / 5.0) - std::exp(at - i / rate_hz));
    values.push_back(value);
  }
  return values;
}

std::vector<SkinResponse> responses_of(const std::vector<double>& values, double rate_hz) {
  SkinConductance conductance(rate_hz);
  std::vector<SkinResponse> responses;
  for (const double value : values) {
    if (const auto response = conductance.push(value)) responses.push_back(*response);
    for (const auto& figure : {conductance.tonic(), conductance.phasic()})
      RC_ASSERT(!figure || std::isfinite(*figure));
  }
  return responses;
}

RC_GTEST_PROP(SkinProperties, ResponsesMoveWithTheSignalInTime, ()) {
  const double rate = *rc::gen::element(4.0, 16.0, 64.0);
  const auto values = drawn_skin(rate);
  const auto shift = *rc::gen::inRange<std::size_t>(1, 1000);
  const auto here = responses_of(values, rate), there = responses_of(later(values, shift), rate);
  RC_ASSERT(here.size() == there.size());
  RC_ASSERT(!here.empty());
  for (std::size_t i = 0; i < here.size(); ++i) {
    RC_ASSERT(std::abs(there[i].onset_s - here[i].onset_s - static_cast<double>(shift) / rate) < 1e-6);
    RC_ASSERT(std::abs(there[i].amplitude - here[i].amplitude) < 1e-9);
  }
}

RC_GTEST_PROP(SkinProperties, AFifthOfTheSamplesMayBeLost, ()) {
  const double rate = *rc::gen::element(4.0, 16.0, 64.0);
  for (const auto& response : responses_of(with_losses(drawn_skin(rate)), rate)) {
    RC_ASSERT(std::isfinite(response.amplitude) && response.amplitude > 0.0);
    RC_ASSERT(response.onset_s < response.top_s);
  }
}

}  // namespace
}  // namespace attune::signal
