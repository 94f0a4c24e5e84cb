#include "cli/doctor/manifest.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "attune/core/files.hpp"

namespace attune::cli::doctor {

namespace fs = std::filesystem;

namespace {

constexpr const char* choose_runtime =
    "choose the runtime in its own settings (SteamVR: Settings > OpenXR > Set SteamVR as OpenXR runtime; "
    "WiVRn and Monado "
    "set it when they start)";

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

void add_list(std::vector<fs::path>& folders, const std::string& list, const std::string& inner) {
  for (std::size_t at = 0; at < list.size();) {
    const auto end = std::min(list.find(':', at), list.size());
    if (end > at) folders.push_back(fs::path(list.substr(at, end - at)) / inner);
    at = end + 1;
  }
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// The manifest and what names it; an empty path when there is none.
RuntimeManifest find_manifest() {
  if (const auto named = variable("XR_RUNTIME_JSON"); !named.empty()) return {named, "XR_RUNTIME_JSON", ""};
  for (const auto& folder : loader_folders("openxr/1", false)) {
    if (const auto path = folder / "active_runtime.json"; is_there(path)) return {path, folder.string(), ""};
  }
  return {};
}

Finding no_runtime() {
  for (const auto& folder : loader_folders("openxr/1", false)) {
    // Newer runtimes register themselves under a name that older loaders do not read.
    const auto path = folder / "active_runtime.x86_64.json";
    if (is_there(path))
      return {
          "OpenXR runtime", false,
          path.string() + " is there, but this system's OpenXR loader does not read that name",
          "make a link: ln -s '" + path.string() + "' '" + (folder / "active_runtime.json").string() + "'"};
  }
  return {"OpenXR runtime", false, "none is active",
          "install and start SteamVR, WiVRn or Monado, and make it the active OpenXR runtime; a session "
          "without a headset "
          "needs none: --xr replay"};
}

/// The text of the one member that matters, or why not.
core::Result<std::string> library_in(const fs::path& path) {
  const auto text = core::read_text(path);
  if (!text) return core::failed(is_there(path) ? "cannot be read" : "does not exist");
  if (text->find_first_not_of(" \t\r\n") == std::string::npos) return core::failed("is empty");
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (!json.is_object()) return core::failed("is not JSON");
  if (json.value("file_format_version", nlohmann::json()) != "1.0.0")
    return core::failed("does not say \"file_format_version\": \"1.0.0\"");
  const auto runtime = json.value("runtime", nlohmann::json());
  if (!runtime.is_object() || !runtime.value("library_path", nlohmann::json()).is_string())
    return core::failed("names no library (\"runtime\": { \"library_path\": … })");
  return runtime["library_path"].get<std::string>();
}

}  // namespace

std::vector<fs::path> loader_folders(const std::string& inner, bool with_data) {
  const auto home = variable("HOME");
  const auto or_else = [](const std::string& value, const std::string& otherwise) {
    return value.empty() ? otherwise : value;
  };
  std::vector<fs::path> folders;
  // The person's own settings name a runtime, but no API layers.
  if (!with_data)
    add_list(folders, or_else(variable("XDG_CONFIG_HOME"), home.empty() ? "" : home + "/.config"), inner);
  add_list(folders, or_else(variable("XDG_CONFIG_DIRS"), "/etc/xdg"), inner);
  add_list(folders, "/etc", inner);
  if (with_data) {
    add_list(folders, or_else(variable("XDG_DATA_DIRS"), "/usr/local/share:/usr/share"), inner);
    add_list(folders, or_else(variable("XDG_DATA_HOME"), home.empty() ? "" : home + "/.local/share"), inner);
  }
  return folders;
}

std::optional<RuntimeManifest> find_runtime(Finding& problem) {
  auto found = find_manifest();
  if (found.path.empty()) {
    problem = no_runtime();
    return std::nullopt;
  }
  const bool by_variable = found.from == "XR_RUNTIME_JSON";
  const std::string advice =
      by_variable ? "unset XR_RUNTIME_JSON, or point it at the manifest of an installed runtime"
                  : choose_runtime;
  const auto named = found.path.string() + (by_variable ? " (named by XR_RUNTIME_JSON)" : "");
  const auto library = library_in(found.path);
  if (!library) {
    problem = {"OpenXR runtime", false, "its manifest " + named + " " + library.error().message, advice};
    return std::nullopt;
  }
  found.library = *library;
  if (found.library.find('/') != std::string::npos) {
    std::error_code ignored;
    const auto folder = fs::canonical(found.path, ignored).parent_path();
    found.library = (folder / found.library).lexically_normal().string();
    if (!is_there(found.library)) {
      problem = {"OpenXR runtime", false,
                 "its library " + found.library + " does not exist; " + named + " names it",
                 std::string("install the runtime again, or ") + advice};
      return std::nullopt;
    }
  }
  return found;
}

bool open_runtime(const RuntimeManifest& manifest, Finding& problem) {
  void* const library = ::dlopen(manifest.library.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr) {
    problem = {"OpenXR runtime", false, std::string("its library cannot be opened: ") + ::dlerror(),
               "install the runtime again, or what it is missing"};
    return false;
  }
  if (::dlsym(library, "xrNegotiateLoaderRuntimeInterface") == nullptr) {
    problem = {"OpenXR runtime", false,
               manifest.library + " is not an OpenXR runtime; " + manifest.path.string() + " names it",
               choose_runtime};
    return false;
  }
  return true;
}

}  // namespace attune::cli::doctor
