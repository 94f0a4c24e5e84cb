#include "attune/core/config.hpp"

// Its assertions do not hold for every file that is not TOML; without them such files are refused with a
// sentence.
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>
#include <algorithm>
#include <set>
#include <sstream>

#include "attune/core/files.hpp"
#include "core/dotted_names.hpp"

namespace attune::core {

namespace {

struct Document {
  toml::table root;
  std::vector<ConfigProblem> problems;
};

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

std::string shown(double value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

/// In one line, and without what a terminal would obey: keys and values of a file may hold both.
std::string printable(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20U || c == 0x7F; }, '?');
  return text;
}

}  // namespace

struct ConfigTable::Node {
  std::shared_ptr<Document> document;
  const toml::table* table = nullptr;
  std::string prefix;
  int line = 1;
  std::set<std::string> asked;

  const toml::node* find(const std::string& key) {
    asked.insert(key);
    return table == nullptr ? nullptr : table->get(key);
  }
  void report(int at, const std::string& key, std::string message) const {
    // One mistake is told once: what else is wrong with a value that is wrong already follows from it.
    if (!has_mistake(key))
      document->problems.push_back({at, printable(prefix + key), printable(std::move(message))});
  }
  bool has_mistake(const std::string& key) const {
    return std::any_of(document->problems.begin(), document->problems.end(),
                       [&](const ConfigProblem& told) { return told.key == printable(prefix + key); });
  }
  template <typename T>
  T missing(const std::string& key, T fallback) const {
    if (table != nullptr) report(line, key, "is missing");
    return fallback;
  }
  std::shared_ptr<Node> child(const std::string& name, const toml::table* inside, int at) const {
    return std::make_shared<Node>(Node{document, inside, name + ".", at, {}});
  }
};

bool ConfigTable::has(const std::string& key) const {
  return node_->table != nullptr && node_->table->contains(key);
}
int ConfigTable::line(const std::string& key) const {
  return has(key) ? line_of(*node_->table->get(key)) : node_->line;
}

bool ConfigTable::has_mistake(const std::string& key) const { return node_->has_mistake(key); }

std::vector<std::string> ConfigTable::keys() const {
  std::vector<std::pair<int, std::string>> sorted;
  if (node_->table != nullptr) {
    for (const auto& [key, value] : *node_->table)
      sorted.emplace_back(line_of(value), std::string(key.str()));
  }
  std::stable_sort(sorted.begin(), sorted.end());
  std::vector<std::string> result;
  for (auto& entry : sorted) result.push_back(std::move(entry.second));
  return result;
}

bool ConfigTable::is_number(const std::string& key) const {
  return has(key) && node_->table->get(key)->is_number();
}

double ConfigTable::number(const std::string& key, double low, double high) {
  const auto* found = node_->find(key);
  if (found == nullptr) return node_->missing(key, low);
  const auto value = found->value<double>();
  if (!value || found->is_boolean()) {
    node_->report(line_of(*found), key, "must be a number");
    return low;
  }
  if (!(*value >= low && *value <= high)) {
    node_->report(line_of(*found), key,
                  "is " + shown(*value) + ", outside " + shown(low) + " to " + shown(high));
    return low;
  }
  return *value;
}

std::string ConfigTable::text(const std::string& key) {
  const auto* found = node_->find(key);
  if (found == nullptr) return node_->missing(key, std::string());
  if (const auto value = found->value<std::string>()) return *value;
  node_->report(line_of(*found), key, "must be a text in quotes");
  return {};
}

bool ConfigTable::flag(const std::string& key) {
  const auto* found = node_->find(key);
  if (found == nullptr) return node_->missing(key, false);
  if (found->is_boolean()) return *found->value<bool>();
  node_->report(line_of(*found), key, "must be true or false");
  return false;
}

std::vector<double> ConfigTable::numbers(const std::string& key, double low, double high) {
  const auto* found = node_->find(key);
  if (found == nullptr) return node_->missing(key, std::vector<double>());
  std::vector<double> result;
  if (const auto* array = found->as_array()) {
    for (const auto& item : *array) {
      const auto value = item.value<double>();
      if (!value || item.is_boolean() || !(*value >= low && *value <= high)) {
        node_->report(line_of(item), key, "must hold numbers from " + shown(low) + " to " + shown(high));
        return result;
      }
      result.push_back(*value);
    }
  } else {
    node_->report(line_of(*found), key, "must be a list of numbers");
  }
  return result;
}

std::vector<std::string> ConfigTable::texts(const std::string& key) {
  const auto* found = node_->find(key);
  if (found == nullptr) return node_->missing(key, std::vector<std::string>());
  std::vector<std::string> result;
  if (const auto* array = found->as_array()) {
    for (const auto& item : *array) {
      const auto value = item.value<std::string>();
      if (!value) {
        node_->report(line_of(item), key, "must hold texts in quotes");
        return result;
      }
      result.push_back(*value);
    }
  } else {
    node_->report(line_of(*found), key, "must be a list of texts");
  }
  return result;
}

ConfigTable ConfigTable::table(const std::string& key) {
  const auto* found = node_->find(key);
  const auto* inside = found == nullptr ? nullptr : found->as_table();
  if (found == nullptr)
    node_->missing(key, 0);
  else if (inside == nullptr)
    node_->report(line_of(*found), key, "must be a table");
  return ConfigTable(
      node_->child(node_->prefix + key, inside, found == nullptr ? node_->line : line_of(*found)));
}

std::vector<ConfigTable> ConfigTable::tables(const std::string& key) {
  if (!has(key)) {
    node_->asked.insert(key);
    node_->missing(key, 0);
    return {};
  }
  return tables_or_none(key);
}

double ConfigTable::number_or(const std::string& key, double fallback, double low, double high) {
  return has(key) ? number(key, low, high) : fallback;
}
std::string ConfigTable::text_or(const std::string& key, std::string fallback) {
  return has(key) ? text(key) : std::move(fallback);
}
bool ConfigTable::flag_or(const std::string& key, bool fallback) { return has(key) ? flag(key) : fallback; }
std::optional<ConfigTable> ConfigTable::table_or_none(const std::string& key) {
  if (!has(key)) return std::nullopt;
  return table(key);
}

std::vector<ConfigTable> ConfigTable::tables_or_none(const std::string& key) {
  std::vector<ConfigTable> result;
  const auto* found = node_->find(key);
  if (found == nullptr) return result;
  const auto* array = found->as_array();
  if (array == nullptr) {
    node_->report(line_of(*found), key, "must be a list of tables, [[" + key + "]]");
    return result;
  }
  for (const auto& item : *array) {
    const auto name = node_->prefix + key + "[" + std::to_string(result.size()) + "]";
    if (!item.is_table()) node_->report(line_of(item), key, "must hold tables");
    result.push_back(ConfigTable(node_->child(name, item.as_table(), line_of(item))));
  }
  return result;
}

void ConfigTable::problem(const std::string& key, std::string message) {
  node_->report(line(key), key, std::move(message));
}

void ConfigTable::finish() {
  if (node_->table == nullptr) return;
  for (const auto& [key, value] : *node_->table) {
    if (!node_->asked.contains(std::string(key.str()))) {
      node_->report(line_of(value), std::string(key.str()), "is not a key that belongs here");
    }
  }
}

Result<ConfigFile> ConfigFile::read(const std::filesystem::path& path) {
  auto text = read_text(path);
  if (!text) return text.error();
  return parse(*text, path.string());
}

Result<ConfigFile> ConfigFile::parse(const std::string& text, const std::string& name) {
  auto node = std::make_shared<ConfigTable::Node>();
  auto document = std::make_shared<Document>();
  if (const auto line = line_of_endless_name(text)) {
    return bad_input(name + ":" + std::to_string(*line) +
                     ": is not TOML that people write: a name has more than " + std::to_string(most_dots) +
                     " dots");
  }
  try {
    document->root = toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    return bad_input(name + ":" + std::to_string(error.source().begin.line) +
                     ": is not TOML: " + std::string(error.description()));
  }
  node->table = &document->root;
  node->document = std::move(document);
  return ConfigFile(name, text, ConfigTable(std::move(node)));
}

std::vector<ConfigProblem> ConfigFile::problems() const {
  auto sorted = root_.node_->document->problems;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  return sorted;
}

Result<void> ConfigFile::check() const {
  std::string message;
  for (const auto& problem : problems()) {
    if (!message.empty()) message += "\n";
    message += name_ + ":" + std::to_string(problem.line) + ": " + problem.key + ": " + problem.message;
  }
  if (message.empty()) return {};
  return bad_input(std::move(message));
}

}  // namespace attune::core
