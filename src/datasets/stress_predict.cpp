#include <algorithm>
#include <array>

#include "attune/datasets/number_file.hpp"
#include "attune/datasets/wrist.hpp"
#include "datasets/package.hpp"

namespace attune::datasets {
namespace fs = std::filesystem;

namespace {

constexpr double fastest_hz = 1000.0;
constexpr double longest_apart_s = 86400.0;  // signals that start days apart are not one recording

/// A file whose first two rows are its start and its rate.
core::Result<WristSignal> signal_of(const std::string& name, const std::string& text) {
  const auto file = parse_numbers(name, text);
  if (!file) return file.error();
  const auto& column = file->columns.front();
  if (auto checked = file->check(column); !checked) return checked.error();
  const auto& values = column.values;
  if (values.size() < 3 || !(values[0] > 1e9) || !(values[1] > 0.0 && values[1] <= fastest_hz)) {
    return core::bad_input(name + ":1: does not begin with its start (Unix time) and its rate (Hz)");
  }
  return WristSignal{values[0], values[1], {values.begin() + 2, values.end()}};
}

core::Result<std::vector<WristRecording::Label>> labels_of(const std::string& name, const std::string& text) {
  std::vector<WristRecording::Label> labels;
  const auto file = parse_numbers(name, text);
  // A person whom nobody labelled has the header alone.
  if (!file && text.find('\n') + 1 >= text.size() && text.starts_with("unix_s")) return labels;
  if (!file) return file.error();
  const auto* time = file->find({"unix_s"});
  const auto* stress = file->find({"stress"});
  if (time == nullptr || stress == nullptr)
    return core::bad_input(name + ":1: has no columns 'unix_s' and 'stress'");
  for (const auto* column : {time, stress}) {
    if (auto checked = file->check(*column); !checked) return checked.error();
  }
  for (std::size_t row = 0; row < file->rows(); ++row) {
    const auto line = name + ":" + std::to_string(file->lines[row]) + ": ";
    const double value = stress->values[row], at = time->values[row];
    if (value != 0.0 && value != 1.0) return core::bad_input(line + "'stress' is neither 0 nor 1");
    if (!(at > 1e9) || (!labels.empty() && at <= labels.back().time_s))
      return core::bad_input(line + "'unix_s' does not come after the row before");
    labels.push_back({at, value == 1.0});
  }
  return labels;
}

/// A file as a user finds it: a folder's own name is part of the names inside, a package's is not.
std::string shown(const fs::path& source, const std::string& name) {
  std::error_code ignored;
  if (!fs::is_directory(source, ignored)) return (source / name).string();
  return (source / name.substr(name.find('/') + 1)).string();
}

}  // namespace

core::Result<WristRecording> read_stress_predict(const fs::path& source) {
  static const std::array<std::string, 4> files{"BVP.csv", "EDA.csv", "TEMP.csv", "labels.csv"};
  const auto package = read_package(source, [](const std::string& name) {
    return std::find(files.begin(), files.end(), fs::path(name).filename().string()) != files.end();
  });
  if (!package) return package.error();
  std::array<std::pair<std::string, const std::string*>, files.size()> found;
  for (const auto& [name, text] : package->texts) {
    const auto place = std::find(files.begin(), files.end(), fs::path(name).filename().string());
    auto& slot = found[static_cast<std::size_t>(place - files.begin())];
    if (slot.second != nullptr)
      return core::bad_input(source.string() + ": holds several people: give one SNN.tar.xz");
    slot = {shown(source, name), &text};
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (found[i].second == nullptr) return core::bad_input(source.string() + ": holds no " + files[i]);
  }
  WristRecording recording;
  recording.id = fs::path(package->texts.begin()->first).parent_path().filename().string();
  recording.licence = "MIT";
  const std::array signals{&recording.pulse, &recording.conductance, &recording.temperature};
  for (std::size_t i = 0; i < signals.size(); ++i) {
    auto signal = signal_of(found[i].first, *found[i].second);
    if (!signal) return signal.error();
    *signals[i] = std::move(*signal);
  }
  auto labels = labels_of(found[3].first, *found[3].second);
  if (!labels) return labels.error();
  recording.labels = std::move(*labels);
  const double start_s = recording.pulse.start_s;
  for (std::size_t i = 0; i < signals.size(); ++i) {
    signals[i]->start_s -= start_s;
    if (std::abs(signals[i]->start_s) > longest_apart_s)
      return core::bad_input(found[i].first + ":1: starts over a day from " + files[0]);
  }
  for (auto& label : recording.labels) label.time_s -= start_s;
  return recording;
}

}  // namespace attune::datasets
