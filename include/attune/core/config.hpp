#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::core {

/// One mistake in a configuration file: where it is and what would be right.
struct ConfigProblem {
  int line = 0;
  std::string key;  ///< dotted, as `phases[1].ceiling`
  std::string message;
};

/// A table of a TOML file that is read key by key. Everything that is wrong is collected, so that a user sees
/// all mistakes at once; a key that nobody asked for is a mistake too (`finish`). Reading never fails: a
/// wrong value yields the fallback and a problem.
class ConfigTable {
 public:
  [[nodiscard]] bool has(const std::string& key) const;
  [[nodiscard]] int line(const std::string& key) const;  ///< where a key stands; the table's line without it

  /// A mistake was found at this key so far. What compares two values asks first, so that a fallback is never
  /// found at fault.
  [[nodiscard]] bool has_mistake(const std::string& key) const;

  /// A value that must be there. Numbers outside [low, high] are problems.
  double number(const std::string& key, double low, double high);
  std::string text(const std::string& key);
  bool flag(const std::string& key);
  std::vector<double> numbers(const std::string& key, double low, double high);
  std::vector<std::string> texts(const std::string& key);
  ConfigTable table(const std::string& key);
  std::vector<ConfigTable> tables(const std::string& key);  ///< `[[key]]`

  /// A value that may be missing.
  double number_or(const std::string& key, double fallback, double low, double high);
  std::string text_or(const std::string& key, std::string fallback);
  bool flag_or(const std::string& key, bool fallback);
  std::optional<ConfigTable> table_or_none(const std::string& key);
  std::vector<ConfigTable> tables_or_none(const std::string& key);

  /// A value that may be a number or a text: which of them it is.
  [[nodiscard]] bool is_number(const std::string& key) const;

  /// Every key of this table, in order of the file. Reading one of them still counts as asking.
  [[nodiscard]] std::vector<std::string> keys() const;

  /// Adds a problem at a key of this table, unless it has one already: the first is told.
  void problem(const std::string& key, std::string message);
  /// Reports keys that were never asked for. Call once all keys have been read.
  void finish();

 private:
  friend class ConfigFile;
  struct Node;
  explicit ConfigTable(std::shared_ptr<Node> node) : node_(std::move(node)) {}
  std::shared_ptr<Node> node_;
};

/// A TOML file with its mistakes.
class ConfigFile {
 public:
  /// Errors: the file is missing, or not TOML (with the line).
  [[nodiscard]] static Result<ConfigFile> read(const std::filesystem::path& path);
  /// The same from text that is already there, for instance out of a recording; `name` stands for the file.
  [[nodiscard]] static Result<ConfigFile> parse(const std::string& text, const std::string& name);

  ConfigTable& root() { return root_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  /// All mistakes so far, in order of lines.
  [[nodiscard]] std::vector<ConfigProblem> problems() const;
  /// The first mistakes as one error, `FILE:LINE: key: message` a line; ok when there is none.
  [[nodiscard]] Result<void> check() const;

 private:
  ConfigFile(std::string name, std::string text, ConfigTable root)
      : name_(std::move(name)), text_(std::move(text)), root_(std::move(root)) {}
  std::string name_, text_;
  ConfigTable root_;
};

}  // namespace attune::core
