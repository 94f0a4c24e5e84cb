#include "cli/command.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <type_traits>

namespace attune::cli {

namespace {

/// CLI11 takes -1 for the largest number there is, larger ones for the same, and 010 for 8.
template <typename Unsigned>
std::string no_whole_number(const std::string& typed) {
  Unsigned number = 0;
  const char* end = typed.data() + typed.size();
  const auto [read, problem] = std::from_chars(typed.data(), end, number);
  if (problem == std::errc::result_out_of_range)
    return "'" + typed + "' is above " + std::to_string(std::numeric_limits<Unsigned>::max());
  const bool octal = typed.size() > 1 && typed.front() == '0';
  return problem == std::errc() && read == end && !octal ? "" : "'" + typed + "' is not a whole number";
}

/// What CLI11 takes for a number although nothing can be reckoned with it: nan passes every bound.
std::string not_finite(const std::string& typed) {
  return std::isfinite(std::strtod(typed.c_str(), nullptr)) ? "" : "'" + typed + "' is not a number";
}

}  // namespace

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::one_of(const std::vector<std::string>& words) {
  option_->check(CLI::IsMember(words));
  return *this;
}

Option& Option::above_zero() {
  option_->check(CLI::PositiveNumber);
  return *this;
}

template <typename Number>
Option& Option::within(Number least, Number most) {
  option_->check(CLI::Range(least, most));
  return *this;
}
template Option& Option::within(int, int);
template Option& Option::within(unsigned, unsigned);
template Option& Option::within(std::uint64_t, std::uint64_t);
template Option& Option::within(double, double);

Option& Option::times(int count) {
  option_->expected(count);
  return *this;
}

Option& Option::shows_default() {
  option_->capture_default_str();
  return *this;
}

Command Command::add_subcommand(const std::string& name, const std::string& help) {
  return Command(*app_->add_subcommand(name, help));
}

template <typename Value>
Option Command::add_option(const std::string& names, Value& value, const std::string& help) {
  auto* option = app_->add_option(names, value, help);
  if constexpr (std::is_unsigned_v<Value>) option->check(no_whole_number<Value>);
  if constexpr (std::is_same_v<Value, double> || std::is_same_v<Value, std::optional<double>>)
    option->check(not_finite);
  return Option(*option);
}
template Option Command::add_option(const std::string&, std::string&, const std::string&);
template Option Command::add_option(const std::string&, double&, const std::string&);
template Option Command::add_option(const std::string&, std::optional<double>&, const std::string&);
template Option Command::add_option(const std::string&, std::uint32_t&, const std::string&);
template Option Command::add_option(const std::string&, std::size_t&, const std::string&);
template Option Command::add_option(const std::string&, std::vector<std::string>&, const std::string&);

void Command::add_flag(const std::string& name, bool& value, const std::string& help) {
  app_->add_flag(name, value, help);
}

void Command::choose_subcommand(const std::string& example) {
  app_->require_subcommand(1);
  app_->footer("Example:\n  " + example);
}

}  // namespace attune::cli
