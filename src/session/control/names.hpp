#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "attune/record/streams.hpp"
#include "attune/session/status.hpp"
#include "attune/telemetry/activity.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/phase.hpp"

/// The names that stand for codes in the control protocol. They are part of it: once given, none changes.
namespace attune::session::control {

[[nodiscard]] std::string_view name_of(telemetry::CommandKind command);
[[nodiscard]] std::string_view name_of(telemetry::ReportKind kind);  ///< empty for `none`
[[nodiscard]] std::string_view name_of(telemetry::Activity activity);
[[nodiscard]] std::string_view name_of(treatment::Phase phase);
[[nodiscard]] std::string_view name_of(record::EventKind kind);  ///< "event" for one without a name
[[nodiscard]] std::string_view name_of(SensorKind kind);

[[nodiscard]] std::optional<telemetry::CommandKind> command_named(std::string_view name);
[[nodiscard]] std::optional<telemetry::ReportKind> report_named(std::string_view name);

[[nodiscard]] std::span<const std::string_view> command_names();
[[nodiscard]] std::span<const std::string_view> report_names();
/// Everything that a client may ask for, for an error's sentence.
[[nodiscard]] std::string all_verbs();

}  // namespace attune::session::control
