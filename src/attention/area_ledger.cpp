#include "attune/attention/area_ledger.hpp"

#include <cmath>
#include <limits>

namespace attune::attention {
namespace {

double part_of_entropy(double share) { return share > 0.0 ? -share * std::log2(share) : 0.0; }

}  // namespace

std::optional<std::size_t> AreaLedger::index(std::uint16_t id) const {
  for (std::size_t i = 0; i < areas_.size(); ++i)
    if (areas_[i].id == id) return i;
  return std::nullopt;
}

const AreaRecord* AreaLedger::find(std::uint16_t id) const {
  const auto at = index(id);
  return at ? &areas_[*at] : nullptr;
}

AreaRecord* AreaLedger::record(std::uint16_t id, telemetry::AoiRole role) {
  if (const auto at = index(id)) return &areas_[*at];
  return areas_.push_back({id, role}) ? &areas_.back() : nullptr;
}

void AreaLedger::add(const Visit& visit, telemetry::AoiRole role) {
  auto* area = record(visit.id, role);
  if (area == nullptr) {
    ++left_out_;
    last_.reset();
    return;
  }
  if (area->visits == 0) area->first_entry = visit.start;
  ++area->visits;
  area->dwell_s += core::seconds_between(visit.start, visit.end);
  area->last_exit = visit.end;
  const auto now = index(visit.id);
  if (last_ && *last_ != *now) {
    auto& count = next_[*last_][*now];
    if (count < std::numeric_limits<std::uint16_t>::max()) ++count;
  }
  last_ = now;
}

void AreaLedger::add(const GazeEpisode& fixation, std::uint16_t id, telemetry::AoiRole role) {
  auto* area = record(id, role);
  if (area == nullptr) {
    ++left_out_;
    return;
  }
  ++area->fixations;
  area->fixated_s += fixation.duration_s();
  if (area->first_fixation) return;
  area->first_fixation = fixation.start;
  area->first_fixation_s = fixation.duration_s();
}

int AreaLedger::transitions(std::uint16_t from, std::uint16_t to) const {
  const auto a = index(from), b = index(to);
  return a && b ? next_[*a][*b] : 0;
}

std::optional<double> AreaLedger::stationary_entropy() const {
  double all_s = 0.0;
  for (const auto& area : areas_) all_s += area.dwell_s;
  if (areas_.size() < 2 || !(all_s > 0.0)) return std::nullopt;
  double entropy = 0.0;
  for (const auto& area : areas_) entropy += part_of_entropy(area.dwell_s / all_s);
  return entropy / std::log2(static_cast<double>(areas_.size()));
}

std::optional<double> AreaLedger::transition_entropy() const {
  double all = 0.0, entropy = 0.0;
  for (std::size_t from = 0; from < areas_.size(); ++from) {
    double leaving = 0.0, uncertain = 0.0;
    for (std::size_t to = 0; to < areas_.size(); ++to) leaving += next_[from][to];
    if (!(leaving > 0.0)) continue;
    for (std::size_t to = 0; to < areas_.size(); ++to)
      uncertain += part_of_entropy(next_[from][to] / leaving);
    entropy += leaving * uncertain;
    all += leaving;
  }
  if (!(all > 0.0)) return std::nullopt;
  // A visit is never followed by one to the same area: n − 1 ways lead on.
  if (areas_.size() < 3) return 0.0;
  return entropy / all / std::log2(static_cast<double>(areas_.size() - 1));
}

std::optional<double> AreaLedger::threat_bias() const {
  std::optional<double> threat_s, calm_s;
  for (const auto& area : areas_) {
    if (area.role == telemetry::AoiRole::threat) threat_s = threat_s.value_or(0.0) + area.dwell_s;
    if (area.role == telemetry::AoiRole::calm) calm_s = calm_s.value_or(0.0) + area.dwell_s;
  }
  if (!threat_s || !calm_s || !(*threat_s + *calm_s > 0.0)) return std::nullopt;
  return (*threat_s - *calm_s) / (*threat_s + *calm_s);
}

}  // namespace attune::attention
