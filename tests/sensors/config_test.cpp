#include "attune/sensors/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sensors/address_reader.hpp"

namespace attune::sensors {
namespace {

TEST(SensorConfig, TheDefaultIsGoodAndListensOnLoopback) {
  const auto config = Config::read(Config::default_path());
  ASSERT_TRUE(config) << config.error().message;
  ASSERT_TRUE(config->osc);
  EXPECT_EQ(config->osc->listen, "127.0.0.1");
  EXPECT_EQ(config->osc->port, 9000);
  EXPECT_FALSE(config->bluetooth) << "nobody's sensor is taken unasked";
  for (std::size_t i = 0; i < stream_count; ++i) {
    const auto stream = static_cast<Stream>(i);
    if (stream == Stream::eeg_alpha_asymmetry) continue;  // made of the two sides
    EXPECT_TRUE(std::any_of(config->osc->rules.begin(), config->osc->rules.end(),
                            [&](const auto& rule) { return rule.stream == stream; }))
        << stream_table[i].name << " has no address";
  }
}

TEST(SensorConfig, TellsEveryMistakeWithItsLine) {
  const std::vector<std::pair<std::string, std::string>> mistakes{
      {"", "s.toml:1: names no sensor: it needs [osc] or [bluetooth]"},
      {"[osc]\nport = 70000\n", "s.toml:2: osc.port: is 70000, outside 0 to 65535"},
      {"[osc]\nlisten = \"everywhere\"\n",
       "s.toml:2: osc.listen: is 'everywhere', must be an IPv4 address of this machine as 127.0.0.1"},
      {"[osc]\nsenders = [\"phone\"]\n", "s.toml:2: osc.senders: has 'phone', must be IPv4 addresses"},
      {"[osc]\nprot = 9000\n", "s.toml:2: osc.prot: is not a key that belongs here"},
      {"[bluetooth]\nname = \"x\"\n", "s.toml:2: bluetooth.name: is not a key that belongs here"},
      {"[osc]\n[[osc.address]]\npaths = [\"hr\"]\nstream = \"heart_rate_bpm\"\n",
       "s.toml:3: osc.address[0].paths: 'hr' is no OSC address: it starts with / and has none of  #*,?[]{}"},
      {"[osc]\n[[osc.address]]\npaths = [\"/hr\"]\nstream = \"pulse\"\n",
       "s.toml:4: osc.address[0].stream: is 'pulse', which is no stream (docs/sensors.md names them)"},
      {"[osc]\n[[osc.address]]\npaths = [\"/hr\"]\nstream = \"smile\"\nscale = \"bels\"\n",
       "s.toml:5: osc.address[0].scale: is \"bels\", which is for the five EEG bands alone"},
      {"[osc]\n[[osc.address]]\npaths = [\"/hr\"]\nstream = \"smile\"\nscale = \"log\"\n",
       "s.toml:5: osc.address[0].scale: is 'log', must be one of linear, heart_rate_float, positive_part, "
       "negative_part, bels, eeg_microvolts"},
      {"[osc]\n[[osc.address]]\npaths = [\"/eeg\"]\nstream = \"eeg_alpha\"\nscale = \"bels\"\nrate_hz = "
       "256\n",
       "s.toml:6: osc.address[0].rate_hz: belongs to scale = \"eeg_microvolts\" alone"},
      {"[osc]\n[[osc.address]]\npaths = [\"/eeg\"]\nstream = \"eeg_alpha\"\nscale = "
       "\"eeg_microvolts\"\nrate_hz = 50\n",
       "s.toml:6: osc.address[0].rate_hz: is 50, outside 100 to 10000"},
      {"[osc]\n[[osc.address]]\npaths = [\"/hr\"]\nstream = \"smile\"\nfrom = [1, 0]\nto = [0, 1]\n",
       "s.toml:5: osc.address[0].from: must be two numbers, the lower one first"},
  };
  for (const auto& [text, message] : mistakes) {
    const auto config = Config::parse(text, "s.toml");
    ASSERT_FALSE(config) << text;
    EXPECT_EQ(config.error().message.substr(0, config.error().message.find('\n')), message) << text;
    EXPECT_EQ(config.error().kind, core::Error::Kind::bad_input);
  }
  EXPECT_FALSE(Config::read("/nowhere/sensors.toml"));
}

TEST(SensorConfig, OwnAddressesComeBeforeTheDefaultsAndMayStandAlone) {
  const std::string own =
      "[[osc.address]]\npaths = [\"/avatar/parameters/HR\"]\nstream = \"breaths_per_min\"\n";
  const auto both = Config::parse("[osc]\n" + own, "s.toml");
  ASSERT_TRUE(both);
  const AddressReader reader(both->osc->rules);
  ASSERT_EQ(reader.find("/avatar/parameters/HR").size(), 1u);
  EXPECT_EQ(reader.find("/avatar/parameters/HR")[0].stream, Stream::breaths_per_min);
  EXPECT_FALSE(reader.find("/avatar/parameters/RRInterval").empty());
  const auto alone = Config::parse("[osc]\ndefault_addresses = false\n" + own, "s.toml");
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->osc->rules.size(), 1u);
}

/// What an address map makes of one message of one number.
std::optional<float> read_one(AddressReader& reader, const std::string& address, OscValue value) {
  OscMessage message;
  message.address = address;
  message.arguments.push_back(value);
  std::vector<Sample> samples;
  for (const auto& rule : reader.find(address)) reader.read(rule, message, 1, Fault::none, samples);
  if (samples.size() != 1) return std::nullopt;
  return samples[0].value;
}

TEST(AddressMap, ReadsAHeartRateFloatByWhatItsBridgeHasProved) {
  const auto config = Config::parse(
      "[osc]\ndefault_addresses = false\n[[osc.address]]\npaths = [\"/a\", \"/b\"]\nstream = "
      "\"heart_rate_bpm\"\n"
      "scale = \"heart_rate_float\"\n",
      "s.toml");
  ASSERT_TRUE(config);
  AddressReader reader(config->osc->rules);
  const auto bpm = [&](const char* address, double number) {
    return read_one(reader, address, {OscValue::Kind::real, number}).value_or(-1.0F);
  };
  EXPECT_NEAR(bpm("/a", 0.3), 76.5F, 0.01F) << "0..1 as long as nothing says otherwise";
  EXPECT_NEAR(bpm("/a", -0.4), 76.5F, 0.01F) << "below 0: it is -1..1";
  EXPECT_NEAR(bpm("/a", 0.1), 140.25F, 0.01F) << "and stays so";
  EXPECT_NEAR(bpm("/b", 0.3), 76.5F, 0.01F) << "each address for itself";
  EXPECT_NEAR(bpm("/b", 140.0), 140.0F, 0.01F) << "beats a minute";
}

TEST(AddressMap, RescalesWithinItsRangeAndNotBeyond) {
  const auto config = Config::parse(
      "[osc]\ndefault_addresses = false\n[[osc.address]]\npaths = [\"/t\"]\nstream = \"skin_temperature_c\"\n"
      "from = [0, 1]\nto = [20, 40]\ntype = \"float\"\n",
      "s.toml");
  ASSERT_TRUE(config);
  AddressReader reader(config->osc->rules);
  EXPECT_NEAR(*read_one(reader, "/t", {OscValue::Kind::real, 0.75}), 35.0F, 1e-4F);
  const auto judged = [&](double number) {
    return judge(Stream::skin_temperature_c, *read_one(reader, "/t", {OscValue::Kind::real, number}));
  };
  EXPECT_EQ(judged(1.2), Fault::out_of_range);
  EXPECT_EQ(judged(-1e30), Fault::out_of_range);
  EXPECT_EQ(judged(NAN), Fault::not_a_number);
  EXPECT_EQ(judged(INFINITY), Fault::not_a_number);
  EXPECT_FALSE(read_one(reader, "/t", {OscValue::Kind::whole, 1})) << "the rule is for floats";
  EXPECT_FALSE(read_one(reader, "/t", {OscValue::Kind::other, 0}));
}

TEST(AddressMap, PassesAPlaceholderOverAndNothingBesideIt) {
  const auto config = Config::parse(
      "[osc]\ndefault_addresses = false\n[[osc.address]]\npaths = [\"/p\"]\nstream = \"pupil_mm\"\n"
      "placeholder = 5.0\n",
      "s.toml");
  ASSERT_TRUE(config) << config.error().message;
  AddressReader reader(config->osc->rules);
  EXPECT_FALSE(read_one(reader, "/p", {OscValue::Kind::real, 5.0}));
  EXPECT_FLOAT_EQ(*read_one(reader, "/p", {OscValue::Kind::real, 5.001}), 5.001F);
}

}  // namespace
}  // namespace attune::sensors
