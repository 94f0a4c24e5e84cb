#include <nlohmann/json.hpp>

#include "attune/report/report.hpp"
#include "report/digest.hpp"
#include "report/words.hpp"

/// The figures of the page for machines.
namespace attune::report {

namespace {

using nlohmann::json;

json or_null(std::optional<double> value) { return value ? json(*value) : json(nullptr); }

std::string_view role_word(telemetry::AoiRole role) {
  constexpr std::array<std::string_view, 5> words{"neutral", "threat", "calm", "social", "task"};
  return words.at(static_cast<std::size_t>(role));
}

json area_json(const attention::AreaRecord& area, const Vocabulary& words) {
  json out{{"id", area.id},
           {"name", words.area(area.id).en},
           {"role", role_word(area.role)},
           {"visits", area.visits},
           {"revisits", area.revisits()},
           {"dwell_s", area.dwell_s},
           {"fixations", area.fixations},
           {"fixated_s", area.fixated_s}};
  const bool entered = area.visits > 0, fixated = area.first_fixation.has_value();
  out["first_entry_s"] = entered ? json(area.first_entry.seconds()) : json(nullptr);
  out["last_exit_s"] = entered ? json(area.last_exit.seconds()) : json(nullptr);
  out["first_fixation_s"] = fixated ? json(area.first_fixation->seconds()) : json(nullptr);
  out["first_fixation_length_s"] = fixated ? json(area.first_fixation_s) : json(nullptr);
  return out;
}

json transitions_json(const attention::AreaLedger& areas) {
  auto out = json::array();
  for (const auto& from : areas.areas()) {
    for (const auto& to : areas.areas()) {
      if (const int count = areas.transitions(from.id, to.id); count > 0)
        out.push_back({{"from", from.id}, {"to", to.id}, {"count", count}});
    }
  }
  return out;
}

json part_json(const LookingPart& part, bool by_eye, const Vocabulary& words) {
  constexpr std::array<std::string_view, 3> kinds{"all", "phase", "third"};
  json out{
      {"part", kinds.at(static_cast<std::size_t>(part.kind))},
      {"number", part.kind == LookingPart::Kind::whole ? json(nullptr) : json(part.number)},
      {"name", part.kind == LookingPart::Kind::phase ? json(words.phase(part.number).en) : json(nullptr)},
      {"seconds", part.seconds},
      {"observations", part.observations},
      {"engaged", or_null(part.engaged())},
      {"freezing_episodes", part.stillnesses},
      {"frozen_s", part.still_s}};
  const auto by_eyes = [by_eye](json value) { return by_eye ? std::move(value) : json(nullptr); };
  out["eyes_s"] = by_eyes(part.eyes_s);
  out["fixations"] = by_eyes(part.fixations);
  out["fixations_per_min"] = by_eyes(or_null(part.per_minute(part.fixations)));
  out["fixation_s"] = by_eyes(or_null(part.mean_fixation_s()));
  out["saccades"] = by_eyes(part.saccades);
  out["saccades_per_min"] = by_eyes(or_null(part.per_minute(part.saccades)));
  out["saccade_deg"] = by_eyes(or_null(part.mean_saccade_deg()));
  out["blinks"] = by_eyes(part.blinks);
  out["blinks_per_min"] = by_eyes(or_null(part.per_minute(part.blinks)));
  out["following"] = by_eyes(or_null(part.following()));
  out["scan_path_deg_per_min"] = by_eyes(or_null(part.per_minute(part.path_deg)));
  out["ambient_focal_k"] = by_eyes(or_null(part.ambient_focal));
  return out;
}

json looking_json(const LookingFigures& looking, const Vocabulary& words) {
  json out;
  out["source"] = looking.gaze_s > 0.0 ? json(looking.by_eye() ? "eye" : "head") : json(nullptr);
  out["world_s"] = looking.whole().seconds;
  out["gaze_s"] = looking.gaze_s;
  out["areas"] = json::array();
  for (const auto& area : looking.longest_first()) out["areas"].push_back(area_json(area, words));
  out["areas_left_out"] = looking.areas.left_out();
  out["transitions"] = transitions_json(looking.areas);
  out["stationary_entropy"] = or_null(looking.areas.stationary_entropy());
  out["transition_entropy"] = or_null(looking.areas.transition_entropy());
  out["threat_bias"] = or_null(looking.areas.threat_bias());
  out["engagement"] = json::array();
  for (const auto& point : looking.engaged) {
    out["engagement"].push_back({{"from_s", point.from_s},
                                 {"to_s", point.to_s},
                                 {"observations", point.observations},
                                 {"on_target", point.on_target}});
  }
  out["parts"] = json::array();
  for (const auto& part : looking.parts) out["parts"].push_back(part_json(part, looking.by_eye(), words));
  out["freezing"] = json::array();
  for (const auto& still : looking.stillnesses)
    out["freezing"].push_back({{"from_s", still.from_s}, {"to_s", still.to_s}});
  return out;
}

json vitals_json(const std::vector<VitalsPart>& parts, const Vocabulary& words) {
  if (parts.empty()) return nullptr;
  auto out = json::array();
  for (const auto& part : parts) {
    const auto &heart = part.heart_rate_bpm, &breath = part.breaths_per_min, &skin = part.skin_conductance_us;
    out.push_back({{"phase", part.phase ? json(words.phase(*part.phase).en) : json(nullptr)},
                   {"from_s", part.from_s},
                   {"to_s", part.to_s},
                   {"heart_rate_bpm", or_null(heart.plain.value())},
                   {"heart_rate_own", or_null(heart.own.value())},
                   {"breaths_per_min", or_null(breath.plain.value())},
                   {"breaths_own", or_null(breath.own.value())},
                   {"skin_conductance_us", or_null(skin.plain.value())},
                   {"skin_conductance_own", or_null(skin.own.value())},
                   {"warming_c_per_min", or_null(part.warming_c_per_min.value())}});
  }
  return out;
}

json guide_json(const GuideFigures& guide) {
  if (guide.shown_s <= 0.0) return nullptr;
  return {{"shown_s", guide.shown_s},
          {"known_s", guide.known_s},
          {"coherence", or_null(guide.coherence)},
          {"guide_breaths_per_min", or_null(guide.guide_breaths_per_min)},
          {"breaths_per_min", or_null(guide.breaths_per_min)}};
}

json pupil_json(const PupilFigures& pupil, const Vocabulary& words) {
  if (!pupil.mean_mm) return nullptr;
  json out{{"known_s", pupil.known_s},
           {"mean_mm", *pupil.mean_mm},
           {"light_known_s", pupil.lit_s},
           {"slope_mm_per_decade", or_null(pupil.slope_mm_per_decade)}};
  out["parts"] = json::array();
  for (const auto& part : pupil.parts)
    out["parts"].push_back({{"phase", part.phase ? json(words.phase(*part.phase).en) : json(nullptr)},
                            {"from_s", part.from_s},
                            {"to_s", part.to_s},
                            {"wider_mm", or_null(part.wider_mm())}});
  return out;
}

}  // namespace

core::Result<std::string> write_json(const record::Recording& recording) {
  const auto boiled = digest(recording);
  if (!boiled) return boiled.error();
  const Vocabulary words(recording.meta());
  json out;
  out["duration_s"] = boiled->duration_s;
  out["frames"] = boiled->quality.frames;
  out["decisions"] = boiled->decisions;
  out["looking"] = looking_json(boiled->looking, words);
  out["vitals"] = vitals_json(boiled->vitals, words);
  out["breathing_guide"] = guide_json(boiled->guide);
  out["pupil"] = pupil_json(boiled->pupil, words);
  return out.dump(2, ' ', false, json::error_handler_t::replace);
}

}  // namespace attune::report
