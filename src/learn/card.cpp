#include "attune/learn/card.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "attune/core/files.hpp"
#include "learn/card_figures.hpp"
#include "learn/card_hash.hpp"

namespace attune::learn {
namespace fs = std::filesystem;
using nlohmann::ordered_json;

namespace {

constexpr std::array allowed{"Apache-2.0", "MIT"};

fs::path card_path(const fs::path& model) { return fs::path(model).replace_extension(".json"); }

std::string name_of(Population population) {
  return population == Population::people ? "people" : "virtual patients";
}

ordered_json sets_json(const CardText& text) {
  auto sets = ordered_json::array();
  for (const auto& set : text.sets) {
    sets.push_back({{"set", set.name},
                    {"licence", set.licence},
                    {"label", set.label},
                    {"people", set.people},
                    {"visits", set.visits},
                    {"visits_left_out", set.visits_left_out},
                    {"samples", set.samples}});
  }
  return sets;
}

/// What no model of ours is for.
ordered_json limits_json(const CardText& text, bool clinic_may) {
  auto limits = ordered_json::array(
      {"to diagnose anybody, or to tell whether somebody is ill, cured, fit or truthful",
       "to decide about a person without a therapist, or against what the person says: self-report leads",
       "outside sessions that the person has agreed to, such as to watch employees, pupils or customers",
       "as a number of its own: an estimate means nothing without its deviation"});
  if (!clinic_may) limits.push_back("with patients: the licence of its data allows research alone");
  if (text.trained_on == Population::virtual_patients)
    limits.push_back("with people: it was trained on virtual patients");
  return limits;
}

ordered_json settings_json(const TrainingOptions& options) {
  const auto& settings = options.settings;
  return {{"seed", options.seed},
          {"epochs", settings.epochs},
          {"batch", settings.batch},
          {"learning_rate", settings.learning_rate},
          {"weight_decay", settings.weight_decay},
          {"optimiser", settings.weight_decay > 0.0 ? "AdamW" : "Adam"},
          {"loss", "mean squared error"},
          {"parts_of_people", options.parts}};
}

/// What both kinds of card begin with. @param research_only  whatever the data's licences allow.
ordered_json card_json(const std::string& kind, const fs::path& model, const std::string& bytes,
                       const std::vector<int>& layers, const TrainingOptions& options, const CardText& text,
                       bool research_only) {
  std::vector<std::string> licences;
  for (const auto& set : text.sets) licences.push_back(set.licence);
  std::sort(licences.begin(), licences.end());
  licences.erase(std::unique(licences.begin(), licences.end()), licences.end());
  const bool clinic_may = !research_only && std::all_of(licences.begin(), licences.end(), licence_allowed);
  return {{"model", kind},
          {"file", model.filename().string()},
          {"hash", core::hash_hex(bytes)},
          {"sha256", sha256_hex(bytes)},
          {"layers", layers},
          {"trained_on", name_of(text.trained_on)},
          {"research_only", !clinic_may},
          {"licences", licences},
          {"data", sets_json(text)},
          {"protocol", text.protocol},
          {"command", text.command},
          {"training", settings_json(options)},
          {"must_not_be_used", limits_json(text, clinic_may)}};
}

std::optional<state::Sensor> sensor_named(const std::string& name) {
  for (std::size_t i = 0; i < state::sensor_count; ++i) {
    const auto sensor = static_cast<state::Sensor>(i);
    if (state::name_of(sensor) == name) return sensor;
  }
  return std::nullopt;
}

core::Result<float> deviation_in(const nlohmann::json& entry) {
  const double sd = entry.at("observation_sd").get<double>();
  if (!(sd > 0.0 && sd < 100.0)) return core::bad_input("observation_sd is outside 0..100");
  return static_cast<float>(sd);
}

core::Result<state::SensorWorth> worth_in(const nlohmann::json& entry) {
  const auto sd = deviation_in(entry);
  if (!sd) return sd.error();
  const double share = entry.at("person_share").get<double>(), slope = entry.at("slope").get<double>(),
               intercept = entry.at("intercept").get<double>();
  if (!(share >= 0.0 && share <= 1.0)) return core::bad_input("person_share is outside 0..1");
  if (!(slope > 0.0 && slope <= 1.0)) return core::bad_input("slope is not above 0 and at most 1");
  if (!(std::abs(intercept) <= 1.0)) return core::bad_input("intercept is outside -1..1");
  return state::SensorWorth{*sd, static_cast<float>(share), static_cast<float>(slope),
                            static_cast<float>(intercept)};
}

/// What an estimate is worth, by sensors; of a card that tells one deviation only, that for all of them.
core::Result<state::MonitorNoise> noise_in(const nlohmann::json& card) {
  const auto of_all = deviation_in(card);
  if (!of_all) return of_all.error();
  if (!card.contains("noise")) return state::MonitorNoise(*of_all);
  std::array<state::SensorWorth, state::sensor_set_count> measured{};
  for (const auto& entry : card.at("noise")) {
    state::SensorSet sensors = 0;
    for (const auto& name : entry.at("sensors")) {
      const auto sensor = sensor_named(name.get<std::string>());
      if (!sensor) return core::bad_input("noise names the sensor " + name.dump() + ", which there is not");
      sensors = static_cast<state::SensorSet>(sensors | state::only(*sensor));
    }
    const auto worth = worth_in(entry);
    if (!worth) return worth.error();
    measured[sensors] = *worth;
  }
  return state::MonitorNoise(measured);
}

core::Result<void> write_both(const fs::path& model, const std::string& bytes, const ordered_json& card) {
  if (model.extension() != ".pt") return core::bad_input(model.string() + ": a model's name must end in .pt");
  if (auto written = core::write_whole(model, bytes); !written) return written;
  return core::write_whole(card_path(model), card.dump(2) + "\n");
}

}  // namespace

std::string sha256_hex(const std::string& bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  std::string hex(2 * hash.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

bool licence_allowed(std::string_view spdx) {
  return std::find(allowed.begin(), allowed.end(), spdx) != allowed.end();
}

core::Result<void> write_monitor(const fs::path& model, const TrainedMonitor& trained,
                                 const TrainingOptions& options, const CardText& text) {
  auto card = card_json("state_monitor", model, trained.bytes, {100, 64, 32, 1}, options, text, false);
  const auto& figures = trained.figures;
  auto& training = card["training"];
  training["drop_group"] = options.settings.drop_group;
  training["searched_settings"] = text.searched;
  training["begins_at"] = "ridge regression, as epoch 0";
  training["epochs_run"] = figures.epochs.empty() ? 0 : figures.epochs.back().epoch;
  training["best_epoch"] = figures.best_epoch;
  training["interrupted"] = figures.interrupted;
  training["people"] = figures.training_people;
  training["samples"] = figures.training_samples;
  training["validation_people"] = figures.validation_names;
  training["losses"] = losses_json(figures.epochs);
  card["features_hash"] = features_hash();
  card["observation_sd"] = figures.observation_sd;
  card["noise"] = noise_json(figures.sensors);
  card["figures"] = errors_json(figures);
  card["figures"]["command"] = text.command + " --json";
  card["calibration"] = calibration_json(figures.calibration);
  card["calibration"]["command"] = text.command + " --json";
  auto evaluations = ordered_json::array();
  for (const auto& evaluation : text.evaluations) evaluations.push_back(ordered_json::parse(evaluation));
  card["evaluations"] = evaluations;
  card["plots"] = text.plots;
  return write_both(model, trained.bytes, card);
}

core::Result<void> write_treatment(const fs::path& model, const TrainedTreatment& trained,
                                   const TrainingOptions& options, const CardText& text,
                                   const ModelCard& monitor) {
  auto serving = text;  // whom the monitor serves, whatever it was taught on
  serving.trained_on = monitor.trained_on;
  auto card =
      card_json("treatment", model, trained.bytes, {32, 64, 32, 1}, options, serving, monitor.research_only);
  card["monitor_hash"] = monitor.hash;
  card["training"]["epochs_run"] = trained.epochs.size();
  card["training"]["best_epoch"] = trained.best_epoch;
  card["training"]["interrupted"] = trained.interrupted;
  card["training"]["losses"] = losses_json(trained.epochs);
  card["figures"] = {{"error_rms", trained.error_rms},
                     {"error_of_mean", trained.error_mean},
                     {"unit", "root mean square of answer − oracle's on people kept apart, −1..1 scale"},
                     {"command", text.command + " --json"}};
  return write_both(model, trained.bytes, card);
}

core::Result<ModelCard> read_card(const fs::path& model) {
  const auto path = card_path(model);
  std::error_code ignored;
  if (!fs::exists(model, ignored)) return core::bad_input(model.string() + ": no such file");
  const auto text = core::read_text(path);
  if (!text)
    return core::bad_input(model.string() + ": its model card " + path.filename().string() +
                           " cannot be read");
  try {
    const auto json = nlohmann::json::parse(*text);
    ModelCard card;
    card.model = json.at("model").get<std::string>();
    card.hash = json.at("hash").get<std::string>();
    card.sha256 = json.value("sha256", "");
    const auto trained_on = json.at("trained_on").get<std::string>();
    if (trained_on != "people" && trained_on != "virtual patients") {
      return core::bad_input(path.string() + ": trained_on is '" + trained_on +
                             "', not people or virtual patients");
    }
    card.trained_on = trained_on == "people" ? Population::people : Population::virtual_patients;
    card.research_only = json.at("research_only").get<bool>();
    card.licences = json.at("licences").get<std::vector<std::string>>();
    if (card.model == "state_monitor") {
      card.features_hash = json.at("features_hash").get<std::string>();
      auto noise = noise_in(json);
      if (!noise) return core::bad_input(path.string() + ": " + noise.error().message);
      card.noise = *noise;
    } else {
      card.monitor_hash = json.at("monitor_hash").get<std::string>();
    }
    return card;
  } catch (const nlohmann::json::exception& problem) {
    return core::bad_input(path.string() + ": is no model card: " + problem.what());
  }
}

std::string features_hash() {
  std::string table;
  for (const auto& feature : state::feature_table) {
    table.append(feature.name).append("|").append(feature.unit).append("|");
    table.append(std::to_string(feature.window_s)).append("\n");
  }
  return core::hash_hex(table);
}

}  // namespace attune::learn
