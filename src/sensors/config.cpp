#include "attune/sensors/config.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "attune/core/config.hpp"
#include "attune/core/files.hpp"
#include "sensors/eeg_channels.hpp"
#include "sensors/message.hpp"
#include "sensors/osc_packet.hpp"

namespace attune::sensors {

namespace {

constexpr std::size_t most_rules = 2000;
constexpr double most_number = 1e9;

template <typename T>
struct Word {
  std::string_view word;
  T value;
};

constexpr std::array<Word<Scale>, 6> scales{{{"linear", Scale::linear},
                                             {"heart_rate_float", Scale::heart_rate_float},
                                             {"positive_part", Scale::positive_part},
                                             {"negative_part", Scale::negative_part},
                                             {"bels", Scale::bels},
                                             {"eeg_microvolts", Scale::eeg_microvolts}}};
constexpr std::array<Word<AddressRule::Type>, 3> types{
    {{"any", AddressRule::Type::any}, {"int", AddressRule::Type::whole}, {"float", AddressRule::Type::real}}};
constexpr std::array<Word<int>, 3> sides{{{"", 0}, {"left", 0}, {"right", 1}}};
constexpr std::array<Word<AddressRule::Says>, 2> meanings{
    {{"value", AddressRule::Says::value}, {"connected", AddressRule::Says::connected}}};

/// The value of a word; a problem that names the words there are when it is none of them.
template <typename T, std::size_t N>
T one_of(core::ConfigTable& table, const std::string& key, const std::array<Word<T>, N>& words) {
  const auto text = table.text_or(key, std::string(words[0].word));
  std::string all;
  for (const auto& word : words) {
    if (word.word == text) return word.value;
    if (!word.word.empty()) all += (all.empty() ? "" : ", ") + std::string(word.word);
  }
  table.problem(key, "is '" + text + "', must be one of " + all);
  return words[0].value;
}

std::uint8_t small_number(core::ConfigTable& table, const std::string& key, double fallback, double low,
                          double high) {
  return static_cast<std::uint8_t>(table.number_or(key, fallback, low, high));
}

bool is_eeg_band(Stream stream) { return index_of(stream) - first_eeg_stream < telemetry::eeg_band_count; }

/// `from` and `to`: two numbers each, both or none.
void read_range(core::ConfigTable& table, AddressRule& rule) {
  const bool has_from = table.has("from"), has_to = table.has("to");
  if (!has_from && !has_to) return;
  const auto from = table.numbers("from", -most_number, most_number);
  const auto to = table.numbers("to", -most_number, most_number);
  if (!has_from || !has_to) return;
  if (from.size() != 2 || !(from[0] < from[1])) {
    table.problem("from", "must be two numbers, the lower one first");
    return;
  }
  if (to.size() != 2) {
    table.problem("to", "must be two numbers: what the two of 'from' stand for");
    return;
  }
  if (rule.scale != Scale::linear) table.problem("from", "belongs to scale = \"linear\" alone");
  rule.rescaled = true;
  rule.from_low = from[0], rule.from_high = from[1];
  rule.to_low = to[0], rule.to_high = to[1];
}

void read_arguments(core::ConfigTable& table, AddressRule& rule) {
  constexpr auto last = static_cast<double>(OscMessage::most_arguments - 1);
  rule.argument = small_number(table, "argument", 0, 0, last);
  if (table.has("time_argument")) rule.time_argument = small_number(table, "time_argument", 0, 0, last);
  if (table.has("count")) rule.count = small_number(table, "count", 0, 0, last + 1);
}

/// One `[[osc.address]]`: a rule for each of its paths.
void read_rules(core::ConfigTable& table, std::vector<AddressRule>& rules) {
  AddressRule rule;
  const auto paths = table.texts("paths");
  const auto name = table.text("stream");
  if (const auto stream = find_stream(name))
    rule.stream = *stream;
  else if (!name.empty())
    table.problem("stream", "is '" + name + "', which is no stream (docs/sensors.md names them)");
  rule.says = one_of(table, "says", meanings);
  rule.type = one_of(table, "type", types);
  rule.scale = one_of(table, "scale", scales);
  rule.part = static_cast<std::uint8_t>(one_of(table, "side", sides));
  if (table.has("placeholder")) rule.placeholder = table.number("placeholder", -most_number, most_number);
  rule.rank = static_cast<std::uint8_t>(small_number(table, "rank", 2, 1, rank_count) - 1);
  read_range(table, rule);
  read_arguments(table, rule);
  if (rule.scale == Scale::heart_rate_float && rule.stream != Stream::heart_rate_bpm)
    table.problem("scale", "is \"heart_rate_float\", which is for heart_rate_bpm alone");
  if (rule.scale == Scale::bels && !is_eeg_band(rule.stream))
    table.problem("scale", "is \"bels\", which is for the five EEG bands alone");
  if (rule.scale == Scale::eeg_microvolts && !is_eeg_band(rule.stream))
    table.problem("scale",
                  "is \"eeg_microvolts\", which is for the five EEG bands alone: one of them stands for all");
  if (table.has("rate_hz")) {
    rule.rate_hz = table.number("rate_hz", EegChannels::least_hz, EegChannels::most_hz);
    if (rule.scale != Scale::eeg_microvolts)
      table.problem("rate_hz", "belongs to scale = \"eeg_microvolts\" alone");
  }
  for (const auto& path : paths) {
    if (path.empty() || path[0] != '/' || path.find_first_of(" #*,?[]{}") != std::string::npos) {
      table.problem("paths", "'" + path + "' is no OSC address: it starts with / and has none of  #*,?[]{}");
      continue;
    }
    rule.address = path;
    rules.push_back(rule);
  }
  table.finish();
}

void read_rules_of(core::ConfigTable& osc, std::vector<AddressRule>& rules) {
  for (auto& table : osc.tables_or_none("address")) read_rules(table, rules);
  if (rules.size() > most_rules)
    osc.problem("address", "has more than " + std::to_string(most_rules) + " paths");
}

bool is_ipv4(const std::string& address) {
  in_addr ignored{};
  return inet_pton(AF_INET, address.c_str(), &ignored) == 1;
}

OscConfig read_osc(core::ConfigTable& table) {
  OscConfig osc;
  osc.listen = table.text_or("listen", osc.listen);
  if (!is_ipv4(osc.listen))
    table.problem("listen", "is '" + osc.listen + "', must be an IPv4 address of this machine as 127.0.0.1");
  if (table.has("senders")) osc.senders = table.texts("senders");
  for (const auto& sender : osc.senders) {
    if (!is_ipv4(sender)) table.problem("senders", "has '" + sender + "', must be IPv4 addresses");
  }
  osc.port = static_cast<std::uint16_t>(table.number_or("port", osc.port, 0, 65535));
  osc.latency_s = table.number_or("latency_ms", 0, 0, 5000) * 1e-3;
  read_rules_of(table, osc.rules);
  return osc;
}

BluetoothConfig read_bluetooth(core::ConfigTable& table) {
  BluetoothConfig bluetooth;
  bluetooth.device = table.text_or("device", "");
  bluetooth.look_s = table.number_or("look_s", bluetooth.look_s, 0.0, 60.0);
  bluetooth.bus = table.text_or("bus", "");
  table.finish();
  return bluetooth;
}

/// The addresses of the default map, which a user's file need not repeat.
core::Result<std::vector<AddressRule>> default_rules() {
  auto file = core::ConfigFile::read(Config::default_path());
  if (!file) return file.error();
  std::vector<AddressRule> rules;
  if (auto osc = file->root().table_or_none("osc")) read_rules_of(*osc, rules);
  if (const auto checked = file->check(); !checked) return checked.error();
  return rules;
}

/// Adds the default's rules for addresses that the user's rules say nothing of.
core::Result<void> add_defaults(OscConfig& osc) {
  const auto defaults = default_rules();
  if (!defaults) return defaults.error();
  const auto own = osc.rules;
  for (const auto& rule : *defaults) {
    const bool told =
        std::any_of(own.begin(), own.end(), [&](const auto& o) { return o.address == rule.address; });
    if (!told) osc.rules.push_back(rule);
  }
  return {};
}

}  // namespace

std::filesystem::path Config::default_path() { return core::assets_folder() / "sensors" / "default.toml"; }

core::Result<Config> Config::read(const std::filesystem::path& path) {
  const auto text = core::read_text(path);
  if (!text) return text.error();
  return parse(*text, path.string());
}

core::Result<Config> Config::parse(const std::string& text, const std::string& name) {
  auto file = core::ConfigFile::parse(text, name);
  if (!file) return file.error();
  Config config;
  config.file = name;
  auto& root = file->root();
  bool with_defaults = false;
  if (auto table = root.table_or_none("osc")) {
    with_defaults = table->flag_or("default_addresses", true);
    config.osc = read_osc(*table);
    table->finish();
  }
  if (auto table = root.table_or_none("bluetooth")) config.bluetooth = read_bluetooth(*table);
  root.finish();
  if (const auto checked = file->check(); !checked) return checked.error();
  if (!config.osc && !config.bluetooth)
    return core::bad_input(name + ":1: names no sensor: it needs [osc] or [bluetooth]");
  if (config.osc) {
    if (with_defaults) {
      if (const auto added = add_defaults(*config.osc); !added) return added.error();
    }
    std::stable_sort(config.osc->rules.begin(), config.osc->rules.end(),
                     [](const auto& a, const auto& b) { return a.address < b.address; });
  }
  return config;
}

}  // namespace attune::sensors
