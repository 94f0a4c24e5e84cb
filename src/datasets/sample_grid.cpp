#include "attune/datasets/sample_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace attune::datasets {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t rows_to_recover =
    20;  // a stamp that falls and does not come back within so many rows starts anew
constexpr std::int64_t most_slots = 40'000'000;  // over a day at 360 Hz
constexpr double shortest_period_s = 1e-6, longest_period_s = 100.0;
constexpr double follow = 0.02;  // share of a stamp's deviation that the clock follows: jitter averages out

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return unknown;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// Steps between rows that rise, and how often they do.
struct Steps {
  std::vector<double> rising;
  double mean_step = unknown;  ///< from row to row, gaps aside: coarse stamps rise seldom, but far
};

Steps steps_of(std::span<const double> stamps) {
  Steps steps;
  std::size_t pairs = 0;
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    const double step = stamps[i] - stamps[i - 1];
    if (std::isnan(step)) continue;
    ++pairs;
    if (step > 0) steps.rising.push_back(step);
  }
  // Stamps that rise k times hold k + 1 steps' worth of rows.
  steps.mean_step = quantile(steps.rising, 0.5) * static_cast<double>(steps.rising.size() + 1) /
                    static_cast<double>(pairs + 1);
  return steps;
}

/// Seconds in a unit of the stamps.
double unit_of(const Steps& steps, std::optional<double> rate_hz) {
  constexpr std::array units{1.0, 1e-3, 1e-6, 1e-9};
  if (rate_hz) {
    return *std::min_element(units.begin(), units.end(), [&](double a, double b) {
      const auto off = [&](double unit) { return std::abs(std::log(steps.mean_step * unit * *rate_hz)); };
      return off(a) < off(b);
    });
  }
  // Slower than twice a second is no signal this reads; so the first unit in which it is not.
  for (const double unit : units) {
    if (steps.mean_step * unit <= 0.5) return unit;
  }
  return units.back();
}

/// Lone stamps that fit neither what is before nor what is after become unknown.
void drop_misplaced(std::vector<double>& t, double misplaced_s) {
  const std::vector<double> given = t;
  for (std::size_t i = 0; i < t.size(); ++i) {
    std::array<double, 5> near{};
    std::size_t count = 0;
    for (std::size_t j = i >= 2 ? i - 2 : 0; j < std::min(i + 3, t.size()); ++j) {
      if (!std::isnan(given[j])) near[count++] = given[j];
    }
    if (count < 4) continue;
    std::nth_element(near.begin(), near.begin() + count / 2, near.begin() + count);
    const double middle = near[count / 2];
    const auto close = std::count_if(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(count),
                                     [&](double v) { return std::abs(v - middle) < misplaced_s; });
    if (std::abs(t[i] - middle) > misplaced_s && close >= 3) t[i] = unknown;
  }
}

/// First rows of the parts between which the clock started anew.
std::vector<std::size_t> starts_of(const std::vector<double>& t, double step_s) {
  std::vector<std::size_t> starts{0};
  double most = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < t.size(); ++i) {
    if (std::isnan(t[i])) continue;
    if (t[i] < most - 2.0 * step_s) {
      const auto end = std::min(i + rows_to_recover, t.size());
      const bool recovers = std::any_of(t.begin() + static_cast<std::ptrdiff_t>(i),
                                        t.begin() + static_cast<std::ptrdiff_t>(end),
                                        [&](double later) { return later > most - step_s; });
      if (!recovers) {
        starts.push_back(i);
        most = t[i];
      }
    }
    most = std::max(most, t[i]);
  }
  return starts;
}

/// The order of one part's rows by time; rows of unknown time stay behind the row before them.
std::vector<std::size_t> order_of(const std::vector<double>& t, std::size_t first, std::size_t last) {
  std::vector<std::size_t> order(last - first);
  std::iota(order.begin(), order.end(), first);
  std::vector<double> key(last - first);
  double before = -std::numeric_limits<double>::infinity();
  for (std::size_t i = first; i < last; ++i) {
    if (!std::isnan(t[i])) before = t[i];
    key[i - first] = before;
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return key[a - first] < key[b - first]; });
  return order;
}

/// What the stamps say of the samples' clock.
struct ClockFacts {
  double period_s = 0.0;
  double slack = 0.5;  ///< how far, in periods, a stamp may lie behind its sample's turn without a gap
};

/// The mean of the steps that are no gaps: jitter cancels out in it.
double mean_single_step(const Steps& steps) {
  const double middle = quantile(steps.rising, 0.5);
  double sum = 0.0;
  std::size_t count = 0;
  for (const double step : steps.rising) {
    if (step > 1.7 * middle) continue;
    sum += step;
    ++count;
  }
  // Where steps of several periods are common, the smaller half are single ones.
  const bool torn = count * 10 < steps.rising.size() * 8 || quantile(steps.rising, 0.05) * 1.7 < middle;
  return torn ? quantile(steps.rising, 0.25) : sum / static_cast<double>(count);
}

core::Result<ClockFacts> facts_of(const Steps& steps, double unit, std::optional<double> rate_hz,
                                  std::vector<std::string>& notes) {
  if (steps.rising.empty() || !(steps.mean_step > 0)) {
    if (!rate_hz) return core::bad_input("the time stamps do not rise, and no rate is given");
    return ClockFacts{1.0 / *rate_hz, 1e9};
  }
  const double step_s = quantile(steps.rising, 0.5) * unit, mean_s = steps.mean_step * unit;
  const bool coarse = mean_s < 0.7 * step_s;
  ClockFacts facts;
  const double single_s = coarse ? mean_s : mean_single_step(steps) * unit;
  facts.period_s = rate_hz ? 1.0 / *rate_hz : single_s;
  if (rate_hz && !coarse) {
    // Rows that were lost leave longer steps, never shorter ones.
    if (mean_s < 0.8 * facts.period_s || mean_s > 20.0 * facts.period_s) {
      notes.emplace_back("the time stamps do not fit the rate that was given; the stamps are believed");
      facts.period_s = single_s;
    } else if (std::abs(single_s / facts.period_s - 1.0) < 0.05) {
      facts.period_s = single_s;
    }
  }
  if (coarse) {
    facts.slack = 1.0 + 1.5 * step_s / facts.period_s;
    return facts;
  }
  std::vector<double> off;
  for (const double step : steps.rising) {
    const double periods = step * unit / facts.period_s;
    if (periods < 10.0) off.push_back(std::abs(periods - std::max(1.0, std::round(periods))));
  }
  facts.slack = 0.5 + (off.empty() ? 0.0 : std::min(quantile(off, 0.9), 3.0));
  return facts;
}

/// Gives each row of one part its slot. @return the slot after the last.
std::int64_t place(const std::vector<double>& t, std::span<const double> values,
                   const std::vector<std::size_t>& order, const ClockFacts& facts, bool fine,
                   std::int64_t slot, SampleGrid& grid) {
  double expected = unknown, stamp_before = unknown, value_before = unknown;
  std::size_t twice = 0;
  bool first = true;
  for (const auto row : order) {
    if (first) {
      expected = t[row];
      first = false;
    } else {
      const bool same_value =
          values[row] == value_before || (std::isnan(values[row]) && std::isnan(value_before));
      if (fine && t[row] == stamp_before && same_value) {
        grid.slot[row] = SampleGrid::left_out;
        ++twice;
        continue;
      }
      expected += facts.period_s;
      ++slot;
      const double late = (t[row] - expected) / facts.period_s;
      if (late > facts.slack) {
        const double missing = std::min(std::round(late), longest_gap_s / facts.period_s);
        slot += std::max<std::int64_t>(1, static_cast<std::int64_t>(missing));
        expected = t[row];
      } else if (std::isnan(expected)) {
        expected = t[row];
      } else if (!std::isnan(late)) {
        expected += follow * std::max(late, -facts.slack) * facts.period_s;
      }
    }
    grid.slot[row] = slot;
    stamp_before = t[row];
    value_before = values[row];
  }
  if (twice > 0) grid.notes.push_back(std::to_string(twice) + " rows were sent twice");
  return slot + 1;
}

}  // namespace

std::vector<std::int32_t> SampleGrid::rows_by_slot() const {
  const auto last = slot.empty() ? std::int64_t{-1} : *std::max_element(slot.begin(), slot.end());
  std::vector<std::int32_t> rows(static_cast<std::size_t>(last + 1), -1);
  for (std::size_t row = 0; row < slot.size(); ++row) {
    if (slot[row] >= 0) rows[static_cast<std::size_t>(slot[row])] = static_cast<std::int32_t>(row);
  }
  return rows;
}

SampleGrid even_grid(std::size_t rows, double rate_hz) {
  SampleGrid grid;
  grid.rate_hz = rate_hz;
  grid.slot.resize(rows);
  std::iota(grid.slot.begin(), grid.slot.end(), std::int64_t{0});
  return grid;
}

core::Result<SampleGrid> grid_of_stamps(std::span<const double> stamps, std::span<const double> values,
                                        std::optional<double> rate_hz) {
  SampleGrid grid;
  const auto steps = steps_of(stamps);
  const double unit = steps.rising.empty() ? 1.0 : unit_of(steps, rate_hz);
  auto facts = facts_of(steps, unit, rate_hz, grid.notes);
  if (!facts) return facts.error();
  if (!(facts->period_s >= shortest_period_s && facts->period_s <= longest_period_s)) {
    return core::bad_input("the time stamps are those of no signal: a sample every " +
                           std::to_string(facts->period_s) + " s");
  }
  std::vector<double> t(stamps.begin(), stamps.end());
  for (auto& stamp : t) stamp *= unit;
  // Two rows' worth of the coarsest stamps, or a dozen samples; never so little that a torn recording loses
  // stamps.
  const double coarsest =
      steps.rising.empty() ? 1.0 : std::max(12.0 * steps.mean_step, 2.5 * quantile(steps.rising, 0.5)) * unit;
  drop_misplaced(t, coarsest);
  grid.rate_hz = 1.0 / facts->period_s;
  grid.slot.resize(t.size());
  const auto starts =
      starts_of(t, std::max(facts->period_s, steps.rising.empty() ? 0.0 : facts->slack * facts->period_s));
  std::size_t repeats = 0;
  for (std::size_t i = 1; i < t.size(); ++i) repeats += t[i] == t[i - 1] ? 1 : 0;
  const bool fine = repeats * 4 < t.size();
  std::int64_t slot = 0;
  for (std::size_t part = 0; part < starts.size(); ++part) {
    const auto end = part + 1 < starts.size() ? starts[part + 1] : t.size();
    const auto order = order_of(t, starts[part], end);
    if (part > 0) slot += static_cast<std::int64_t>(restart_gap_s * grid.rate_hz);
    slot = place(t, values, order, *facts, fine, slot, grid);
  }
  if (starts.size() > 1)
    grid.notes.push_back("the time stamps start anew " + std::to_string(starts.size() - 1) + " times");
  if (slot > most_slots) return core::bad_input("the time stamps tear the recording into too many pieces");
  return grid;
}

}  // namespace attune::datasets
