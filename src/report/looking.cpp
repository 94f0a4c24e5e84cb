#include "report/looking.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <utility>

namespace attune::report {

namespace {

using attention::GazeLabel;
using telemetry::GazeSource;

constexpr std::size_t course_points = 60;
constexpr double finest_step_s = 2.0;
constexpr std::int64_t oldest_gaze_ns = 250'000'000;  // as the headset's own limit
constexpr std::uint16_t thirds = 3;

bool finite(const glm::vec3& v) { return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z); }

bool gaze_known(const telemetry::Frame& frame) {
  const auto& gaze = frame.gaze;
  return gaze.source != GazeSource::none && finite(gaze.origin_m) && finite(gaze.direction) &&
         std::abs(glm::length(gaze.direction) - 1.0F) < 0.01F &&
         frame.time.ns - gaze.time.ns <= oldest_gaze_ns;
}

bool offers_target(const telemetry::Frame& frame) {
  return std::ranges::any_of(frame.aois, [](const auto& area) { return attention::is_target(area.role); });
}

}  // namespace

std::optional<double> LookingPart::engaged() const {
  if (observations == 0) return std::nullopt;
  return static_cast<double>(on_target) / observations;
}

std::optional<double> LookingPart::per_minute(double amount) const {
  if (eyes_s < least_eyes_s) return std::nullopt;
  return 60.0 * amount / eyes_s;
}

std::optional<double> LookingPart::mean_fixation_s() const {
  if (fixations == 0) return std::nullopt;
  return fixated_s / fixations;
}

std::optional<double> LookingPart::mean_saccade_deg() const {
  if (saccades == 0) return std::nullopt;
  return saccades_deg / saccades;
}

std::optional<double> LookingPart::following() const {
  if (eyes_s < least_eyes_s) return std::nullopt;
  return pursued_s / eyes_s;
}

std::vector<attention::AreaRecord> LookingFigures::longest_first() const {
  std::vector<attention::AreaRecord> sorted(areas.areas().begin(), areas.areas().end());
  std::ranges::stable_sort(sorted, std::greater{}, &attention::AreaRecord::dwell_s);
  return sorted;
}

LookingAccount::LookingAccount(core::SessionTime first, core::SessionTime last) : first_(first), last_(last) {
  out_.parts.emplace_back();
  const double length_s = std::max(core::seconds_between(first, last), 0.0);
  const double step_s = std::max(finest_step_s, length_s / static_cast<double>(course_points));
  for (double from_s = 0.0; from_s < length_s; from_s += step_s) {
    const double start_s = first.seconds() + from_s;
    out_.engaged.push_back({start_s, start_s + step_s});
  }
}

template <typename Change>
void LookingAccount::each_part(core::SessionTime time, Change change) {
  change(out_.parts.front());
  const auto after = std::ranges::upper_bound(entered_, time.ns, {}, &Entered::ns);
  if (after != entered_.begin()) change(out_.parts[(after - 1)->part]);
}

void LookingAccount::enter_part(const record::Moment& moment) {
  LookingPart part;
  if (moment.decided) {
    part.kind = LookingPart::Kind::phase;
    part.number = moment.decision.phase;
  } else {
    const double length_s = core::seconds_between(first_, last_);
    const double share = length_s > 0.0 ? core::seconds_between(first_, moment.frame.time) / length_s : 0.0;
    part.kind = LookingPart::Kind::third;
    part.number = static_cast<std::uint16_t>(std::clamp(share * thirds, 0.0, thirds - 1.0));
  }
  auto known = std::ranges::find_if(out_.parts, [&](const LookingPart& other) {
    return other.kind == part.kind && other.number == part.number;
  });
  if (known == out_.parts.end()) known = out_.parts.insert(known, part);
  const auto place = static_cast<std::size_t>(known - out_.parts.begin());
  if (entered_.empty() || entered_.back().part != place) entered_.push_back({moment.frame.time.ns, place});
}

void LookingAccount::add(const record::Moment& moment, double dt_s) {
  const auto& frame = moment.frame;
  const bool in_world = !moment.decided || moment.decision.directive.place == scene::Place::world;
  if (!in_world || !frame.headset.worn) {
    leave_world();
    return;
  }
  in_world_ = true;
  enter_part(moment);
  each_part(frame.time, [dt_s](LookingPart& part) { part.seconds += dt_s; });
  if (const auto still = stillness_.push(frame)) note(*still);
  take_areas(moment, gaze_known(frame), dt_s);
  take_eyes(frame);
}

void LookingAccount::leave_world() {
  if (!std::exchange(in_world_, false)) return;
  break_gaze();
  if (const auto visit = follower_.finish()) out_.areas.add(*visit, roles_[visit->id]);
  out_.areas.break_off();
  engagement_.reset();
  if (const auto still = stillness_.finish()) note(*still);
}

/// Directions before and after are not to be compared.
void LookingAccount::break_gaze() {
  label(classifier_.finish());
  if (const auto episode = episodes_.finish()) take(*episode);
  if (const auto rest = rests_.finish()) take_rest(*rest);
  scan_.break_off();
  met_.clear();
  gaze_time_.reset();
}

void LookingAccount::take_areas(const record::Moment& moment, bool known, double dt_s) {
  const auto& frame = moment.frame;
  for (const auto& area : frame.aois) {
    if (roles_.try_emplace(area.id, area.role).second) out_.areas.offer(area.id, area.role);
  }
  const bool offered = offers_target(frame);
  targets_met_ = targets_met_ || offered;

  std::optional<std::uint16_t> id;
  auto looking = attention::Looking::unknown;
  // The areas were drawn before the origin moved: with this frame they and the gaze do not fit together.
  if (known && !frame.recentred) {
    const auto& gaze = frame.gaze;
    const std::span areas(frame.aois.begin(), frame.aois.size());
    const auto hit = attention::area_hit(gaze.origin_m, gaze.direction, gaze.angular_error_rad, areas);
    if (hit) id = areas[*hit].id;
    // A foreign recording names what was met and nothing else: its targets are there all the time.
    if (offered || !moment.decided) {
      const bool on_target = hit && attention::is_target(areas[*hit].role);
      looking = on_target ? attention::Looking::target : attention::Looking::elsewhere;
    }
    out_.gaze_s += dt_s;
    (gaze.source == GazeSource::eye ? out_.eyes_s : out_.head_s) += dt_s;
    out_.map.add(gaze.direction, dt_s);
    for (const auto& area : areas) out_.map.add_area(frame.time.seconds(), gaze.origin_m, area);
    if (gaze.source == GazeSource::eye) met_.push_back({gaze.time.ns, id});
  }
  if (const auto visit = follower_.push(frame.time, id, known)) out_.areas.add(*visit, roles_[visit->id]);
  if (const auto observation = engagement_.push(frame.time, looking)) observe(*observation);
}

void LookingAccount::take_eyes(const telemetry::Frame& frame) {
  const auto& gaze = frame.gaze;
  if (frame.recentred) break_gaze();
  auto point = attention::as_point(gaze);
  // A sample without eyes has no time of its own: it lags behind its frame as those before did.
  if (gaze.source == GazeSource::eye)
    gaze_lag_ns_ = frame.time.ns - gaze.time.ns;
  else
    point.time = {frame.time.ns - gaze_lag_ns_};
  if (gaze_time_ && point.time < *gaze_time_) return;
  gaze_time_ = point.time;
  label(classifier_.push(point, frame.recentred));
}

void LookingAccount::label(std::span<const attention::LabelledGaze> samples) {
  for (const auto& sample : samples) {
    if (const auto episode = episodes_.push(sample)) take(*episode);
  }
}

void LookingAccount::take(const attention::GazeEpisode& episode) {
  if (const auto rest = rests_.push(episode)) take_rest(*rest);
  if (episode.label != GazeLabel::none) {
    const double length_s = episode.duration_s();
    each_part(episode.start, [&](LookingPart& part) {
      part.eyes_s += length_s;
      if (episode.label == GazeLabel::blink) ++part.blinks;
      if (episode.label == GazeLabel::pursuit) part.pursued_s += length_s;
      if (episode.label != GazeLabel::saccade) return;
      ++part.saccades;
      part.saccades_deg += static_cast<double>(episode.amplitude_deg);
    });
  }
  if (episode.label != GazeLabel::fixation && episode.label != GazeLabel::pursuit) scan(episode);
}

void LookingAccount::take_rest(const attention::GazeEpisode& rest) {
  each_part(rest.start, [&](LookingPart& part) {
    ++part.fixations;
    part.fixated_s += rest.duration_s();
  });
  scan(rest);
  find_area(rest);
}

void LookingAccount::scan(const attention::GazeEpisode& episode) {
  const double before_deg = scan_.path_deg();
  if (const auto scan = scan_.push(episode)) scans_.push_back(*scan);
  const double path_deg = scan_.path_deg() - before_deg;
  each_part(episode.start, [path_deg](LookingPart& part) { part.path_deg += path_deg; });
}

/// A rest lies on the area that most of its samples met.
void LookingAccount::find_area(const attention::GazeEpisode& rest) {
  while (!met_.empty() && met_.front().ns < rest.start.ns) met_.pop_front();
  std::map<std::optional<std::uint16_t>, int> counts;
  for (; !met_.empty() && met_.front().ns <= rest.end.ns; met_.pop_front()) ++counts[met_.front().area];
  if (counts.empty()) return;
  const auto most = std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
  if (const auto area = most->first) out_.areas.add(rest, *area, roles_[*area]);
}

void LookingAccount::observe(const attention::Engaged& observation) {
  const auto add = [&](auto& to) {
    ++to.observations;
    if (observation.on_target) ++to.on_target;
  };
  each_part(observation.start, add);
  const auto point =
      std::ranges::upper_bound(out_.engaged, observation.start.seconds(), {}, &EngagedPoint::from_s);
  if (point != out_.engaged.begin()) add(*(point - 1));
}

void LookingAccount::note(const Stillness& stillness) {
  out_.stillnesses.push_back(stillness);
  each_part(core::at_seconds(stillness.from_s), [&](LookingPart& part) {
    ++part.stillnesses;
    part.still_s += stillness.length_s();
  });
}

LookingFigures LookingAccount::finish() {
  leave_world();
  if (!targets_met_) {  // nobody can avoid what is not there
    for (auto& part : out_.parts) part.observations = part.on_target = 0;
    out_.engaged.clear();
  }
  std::vector<std::pair<double, std::size_t>> sums(out_.parts.size());
  for (const auto& scan : scans_) {
    const auto k = scan_.ambient_focal_of(scan);
    if (!k) continue;
    const auto after = std::ranges::upper_bound(entered_, scan.start.ns, {}, &Entered::ns);
    if (after == entered_.begin()) continue;
    auto& sum = sums[(after - 1)->part];
    sum.first += *k;
    ++sum.second;
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (sums[i].second >= attention::ScanMeasures::window)
      out_.parts[i].ambient_focal = sums[i].first / static_cast<double>(sums[i].second);
  }
  return std::move(out_);
}

}  // namespace attune::report
