#include "sensors/address_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attune::sensors {

namespace {

constexpr double widest_rate = 255.0;  // what bridges map to 1: the largest value of a byte
/// A number that is in no stream's bounds: what lies outside its rule's range is out of range.
constexpr double nonsense = std::numeric_limits<float>::max();

/// What an avatar shows of an expression: VRCFaceTracking's filters overshoot by a little.
constexpr double overshoot = 0.01;

double rescale(const AddressRule& rule, double number) {
  if (!rule.rescaled) return number;
  // Written so that NaN is nonsense too.
  if (!(number >= rule.from_low && number <= rule.from_high))
    return std::isfinite(number) ? nonsense : number;
  return rule.to_low +
         (number - rule.from_low) * (rule.to_high - rule.to_low) / (rule.from_high - rule.from_low);
}

/// A share that is out by what filters overshoot is 0 or 1.
double without_overshoot(Stream stream, double value) {
  if (info(stream).group != Group::face) return value;
  if (value < 0.0 && value >= -overshoot) return 0.0;
  if (value > 1.0 && value <= 1.0 + overshoot) return 1.0;
  return value;
}

/// The part of −1..1 on one side of 0.
double one_side(double number) {
  if (!(std::abs(number) <= 1.0 + overshoot)) return std::isfinite(number) ? nonsense : number;
  return std::max(number, 0.0);
}

bool fits(AddressRule::Type type, const OscValue& value) {
  using Kind = OscValue::Kind;
  switch (type) {
    case AddressRule::Type::whole:
      return value.kind == Kind::whole;
    case AddressRule::Type::real:
      return value.kind == Kind::real;
    case AddressRule::Type::any:
      return value.kind == Kind::whole || value.kind == Kind::real;
  }
  return false;
}

}  // namespace

AddressReader::AddressReader(std::vector<AddressRule> rules) : rules_(std::move(rules)) {
  for (const auto& rule : rules_) {
    if (rule.scale == Scale::heart_rate_float) centred_.emplace(rule.address, false);
  }
}

std::span<const AddressRule> AddressReader::find(std::string_view address) const {
  struct ByAddress {
    bool operator()(const AddressRule& rule, std::string_view wanted) const { return rule.address < wanted; }
    bool operator()(std::string_view wanted, const AddressRule& rule) const { return wanted < rule.address; }
  };
  const auto [first, last] = std::equal_range(rules_.begin(), rules_.end(), address, ByAddress{});
  return {first, last};
}

std::optional<double> AddressReader::sensor_time(const AddressRule& rule, const OscMessage& message) {
  if (!rule.time_argument) return message.time_s;
  if (*rule.time_argument >= message.arguments.size()) return std::nullopt;
  const auto& time = message.arguments[*rule.time_argument];
  if (!fits(AddressRule::Type::any, time)) return std::nullopt;
  return time.number;
}

/// Bridges send a heart rate as a float in three ways: beats a minute; 0..1 for 0..255; −1..1 for 0..255.
/// Above 1 it is the first. A negative value proves the third for its address, for good. Until then 0..1 is
/// taken for the second: for the third, that would take a heart above 127 a minute from the very first value
/// on.
double AddressReader::heart_rate(const std::string& address, double number) {
  if (std::isnan(number) || number < -1.0) return std::isfinite(number) ? nonsense : number;
  if (number > 1.0) return number;
  auto& centred = centred_.find(address)->second;
  centred = centred || number < 0.0;
  return centred ? (number + 1.0) / 2.0 * widest_rate : number * widest_rate;
}

void AddressReader::read(const AddressRule& rule, const OscMessage& message, std::int64_t measured_ns,
                         Fault fault, std::vector<Sample>& out) {
  if (rule.count && *rule.count != message.arguments.size()) return;
  if (rule.argument >= message.arguments.size()) return;
  const auto& argument = message.arguments[rule.argument];
  Sample sample{.stream = rule.stream,
                .rank = rule.rank,
                .part = rule.part,
                .fault = fault,
                .measured_ns = measured_ns};
  if (rule.says == AddressRule::Says::connected) {
    if (argument.kind == OscValue::Kind::other || argument.number != 0.0) return;
    sample.fault = Fault::disconnected;
    out.push_back(sample);
    return;
  }
  if (!fits(rule.type, argument) || rule.placeholder == argument.number) return;
  double value = 0.0;
  switch (rule.scale) {
    case Scale::linear:
      value = rescale(rule, argument.number);
      break;
    case Scale::heart_rate_float:
      value = heart_rate(rule.address, argument.number);
      break;
    case Scale::positive_part:
      value = one_side(argument.number);
      break;
    case Scale::negative_part:
      value = one_side(-argument.number);
      break;
    case Scale::bels:
      if (fault == Fault::none)
        eeg_.take(sample, argument.number, out);
      else
        out.push_back(sample);
      return;
    case Scale::eeg_microvolts:
      if (fault == Fault::none)
        raw_eeg_.take(sample, argument.number, rule.rate_hz, out);
      else
        out.push_back(sample);
      return;
  }
  sample.value = static_cast<float>(without_overshoot(rule.stream, value));
  out.push_back(sample);
}

}  // namespace attune::sensors
