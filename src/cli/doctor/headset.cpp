#include <algorithm>
#include <array>
#include <cstdio>

#include "attune/render/device.hpp"
#include "attune/xr/probe.hpp"
#include "cli/doctor/api_layers.hpp"
#include "cli/doctor/finding.hpp"
#include "cli/doctor/manifest.hpp"

namespace attune::cli::doctor {

namespace {

/// Errors of `xr` say what to do after a semicolon.
Finding refused(const char* what, const core::Error& error, const char* otherwise) {
  const auto& text = error.message;
  const auto at = text.find("; ");
  if (at == std::string::npos) return {what, false, text, otherwise};
  return {what, false, text.substr(0, at), text.substr(at + 2)};
}

Finding no_headset(const core::Error& error, const char* otherwise) {
  constexpr const char* not_there = "XR_ERROR_FORM_FACTOR_UNAVAILABLE";
  if (error.message.find(not_there) == std::string::npos) return refused("headset", error, otherwise);
  return {"headset", false, std::string("not connected, asleep or switched off (") + not_there + ")",
          "connect it, switch it on and put it on, so that it wakes; then try again"};
}

std::string hertz(float rate_hz) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g Hz", static_cast<double>(rate_hz));
  return text.data();
}

void look_at_what_it_offers(Report& report, const xr::HeadsetInfo& info) {
  report.add({"headset", true,
              info.system + ", two views of " + std::to_string(info.view_width) + " x " +
                  std::to_string(info.view_height) + " pixels",
              ""});
  report.add(
      {"eye tracking", true, info.eye_gaze ? "yes" : "no: the head's direction stands in for the gaze",
       info.eye_gaze ? "" : "where the headset has an eye tracker, switch it on in the runtime's settings"});
  report.add({"worn or not", true, info.user_presence ? "the runtime says" : "the runtime does not say",
              info.user_presence ? "" : "watch that nobody else puts the headset on during a session"});
}

/// Whether this machine has a device at all that will do; whether it has none is the business of another
/// finding.
bool some_device_will_do() {
  const auto devices = render::describe_devices();
  return devices &&
         std::any_of(devices->begin(), devices->end(), [](const auto& one) { return one.lacks.empty(); });
}

void look_at_its_graphics(Report& report, xr::RuntimeProbe& probe) {
  constexpr const char* what = "graphics used";
  constexpr const char* advice =
      "plug the headset's cable into the graphics card that the runtime uses, and update that card's driver";
  if (!some_device_will_do()) return;
  report.trying(what, "asking the runtime which graphics card it uses", advice);
  const auto request = render::InstanceRequest::make({.validation = false});
  if (!request) return;
  const auto instance = probe.vulkan().make_instance(request->create_info());
  if (!instance) return report.add(refused(what, instance.error(), advice));
  volkLoadInstance(*instance);
  const auto physical = probe.vulkan().choose_device(*instance);
  if (!physical) return report.add(refused(what, physical.error(), advice));
  const auto device = render::describe_device(*physical);
  report.add({what, device.lacks.empty(),
              "the runtime names " + device.text +
                  (device.lacks.empty() ? "" : ", which cannot be used: it lacks " + device.lacks),
              device.lacks.empty() ? "" : advice});
}

std::string words(const xr::SessionFacts& facts) {
  if (!facts.rate_hz && facts.rates_hz.empty()) return "not known before a session";
  std::string text = facts.rate_hz ? hertz(*facts.rate_hz) : "chosen by the runtime";
  if (facts.rate_measured) text += ", measured";
  std::string offered;
  for (const float rate : facts.rates_hz) offered += (offered.empty() ? "" : ", ") + hertz(rate);
  return offered.empty() ? text : text + "; offered: " + offered;
}

void look_at_session(Report& report, xr::RuntimeProbe& probe) {
  report.trying("display rate", "starting a session without pictures",
                "restart the runtime; if it happens again, update it");
  const auto facts = probe.session_facts();
  report.add({"display rate", true, words(facts.value_or(xr::SessionFacts{})), ""});
  if (!facts) return;
  report.add({"floor", true, facts->floor ? "known" : "not known: the eyes are taken to be 1.6 m above it",
              facts->floor ? "" : "set up the room in the runtime's settings"});
}

}  // namespace

void look_at_headset(Report& report) {
  constexpr const char* runtime = "OpenXR runtime";
  constexpr const char* start_again =
      "restart the runtime, then try again; if it happens again, install it anew or choose another one";
  Finding problem;
  report.trying(runtime, "its manifest was looked for",
                "look at XR_RUNTIME_JSON and the folder openxr/1 of ~/.config and /etc/xdg");
  const auto manifest = find_runtime(problem);
  if (!manifest) return report.add(problem);
  report.trying(runtime, "its library " + manifest->library + " was opened", start_again);
  if (!open_runtime(*manifest, problem)) return report.add(problem);
  report.trying("API layers", "looking for API layers", "unset XR_ENABLE_API_LAYERS and XR_API_LAYER_PATH");
  if (!look_at_api_layers(report)) return;

  report.trying(runtime, "the runtime of " + manifest->path.string() + " was started", start_again);
  auto probe = xr::RuntimeProbe::open();
  if (!probe) return report.add(refused(runtime, probe.error(), start_again));
  report.add({runtime, true,
              probe->runtime() + ", from " + manifest->path.string() +
                  (manifest->from == "XR_RUNTIME_JSON" ? " (XR_RUNTIME_JSON)" : ""),
              ""});
  report.trying("headset", "the runtime was asked for its headset", start_again);
  const auto info = probe->find_headset();
  if (!info) return report.add(no_headset(info.error(), start_again));
  look_at_what_it_offers(report, *info);
  look_at_its_graphics(report, *probe);
  look_at_session(report, *probe);
  report.trying("OpenXR runtime", "the runtime was stopped", start_again);
}

}  // namespace attune::cli::doctor
