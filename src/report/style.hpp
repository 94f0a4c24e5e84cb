#pragma once

#include <string_view>

namespace attune::report {

/// The page's style sheet. Readable on a tablet held upright, and printed: no shadows, no dark backgrounds,
/// tables that do not break inside a row. Fonts are those of the reader's machine.
inline constexpr std::string_view style = R"css(
:root { --ink: #1d2730; --soft: #5b6873; --rule: #d9dfe4; --paper: #ffffff; --tint: #f5f7f9; --blue: #0072b2; --orange: #d55e00; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 "Source Sans 3", "Segoe UI", "Helvetica Neue", "Noto Sans", "Liberation Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 800px; margin: 0 auto; padding: 36px 20px 48px; }
header { border-bottom: 2px solid var(--ink); padding-bottom: 18px; margin-bottom: 22px; }
.kicker { color: var(--soft); font-size: 14px; letter-spacing: 0.04em; margin: 0 0 6px; }
h1, h2 { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "Noto Serif", "Liberation Serif", "Songti SC", "Noto Serif CJK SC", serif; font-weight: 600; line-height: 1.25; }
h1 { font-size: 30px; margin: 0 0 4px; }
h2 { font-size: 20px; margin: 40px 0 10px; padding-top: 14px; border-top: 1px solid var(--rule); }
h2 .zh, h1 .zh { font-size: 0.8em; font-weight: 400; color: var(--soft); margin-left: 0.4em; }
h3 { font-size: 15px; margin: 22px 0 6px; }
.zh { color: var(--soft); }
td > .zh, dd > .zh { font-size: 0.92em; }
p { margin: 8px 0; } ul { margin: 8px 0; padding-left: 20px; } li { margin: 4px 0; }
.who { margin: 14px 0 0; padding: 10px 14px; border-left: 4px solid var(--blue); background: var(--tint); }
.who.virtual, .who.import { border-left-color: var(--orange); }
.aside { color: var(--soft); font-size: 14px; }
.warning { margin: 14px 0; padding: 10px 14px; border-left: 4px solid var(--orange); background: #fdf4ec; }
dl.facts { display: grid; grid-template-columns: minmax(150px, 30%) 1fr; gap: 4px 16px; margin: 12px 0 0; font-size: 15px; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.glance { display: grid; grid-template-columns: repeat(auto-fit, minmax(215px, 1fr)); gap: 1px; background: var(--rule); border: 1px solid var(--rule); margin: 14px 0; }
.glance div { background: var(--paper); padding: 12px 14px; }
.glance .label { font-size: 13px; color: var(--soft); display: block; }
.glance .value { font-size: 22px; line-height: 1.35; display: block; }
.glance .detail { font-size: 13px; color: var(--soft); display: block; }
table { border-collapse: collapse; width: 100%; font-size: 14.5px; margin: 10px 0; }
th { text-align: left; font-weight: 600; font-size: 13px; color: var(--soft); border-bottom: 1px solid var(--ink); padding: 4px 10px 4px 0; vertical-align: bottom; }
td { border-bottom: 1px solid var(--rule); padding: 5px 10px 5px 0; vertical-align: top; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.time { white-space: nowrap; color: var(--soft); }
td.narrow, th.time { white-space: nowrap; }
table.labelled td:first-child { width: 30%; color: var(--soft); }
tr { break-inside: avoid; }
code { font: 12.5px/1.4 "SF Mono", Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
figure { margin: 14px 0; break-inside: avoid; }
figcaption { font-size: 13.5px; color: var(--soft); margin-top: 4px; }
.key { display: inline-block; white-space: nowrap; margin-right: 14px; }
.key i { display: inline-block; width: 18px; height: 10px; margin-right: 5px; vertical-align: baseline; }
.key .k-state { height: 3px; background: var(--blue); vertical-align: 3px; } .key .k-50 { background: rgba(0,114,178,0.42); } .key .k-95 { background: rgba(0,114,178,0.17); }
.key .k-suds { width: 11px; height: 11px; border-radius: 50%; background: var(--orange); vertical-align: -1px; }
.key .k-given { background: #b9dccf; border-top: 2px solid #00734f; } .key .k-asked { height: 0; border-top: 2px dashed #3d4852; vertical-align: 4px; }
.key .k-on-target { background: #0072b2; } .key .k-off-target { background: #c3cdd5; } .key .k-still { height: 4px; background: #1d2730; vertical-align: 2px; }
.key .k-stop { width: 9px; height: 9px; background: #a3004f; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(230px, 1fr)); gap: 10px; }
.pictures figure { margin: 0; } .pictures img { width: 100%; height: auto; display: block; border: 1px solid var(--rule); }
.track { display: block; width: 100%; min-width: 90px; height: 10px; margin-top: 7px; background: #eef1f4; }
.bar { display: block; height: 10px; background: #5497cc; } .bar.up { background: var(--orange); } .bar.down { background: var(--blue); }
.threat .bar { background: #a3004f; } .calm .bar { background: #00734f; }
table.matrix { width: auto; } .matrix td, .matrix th { padding: 4px 10px 4px 0; } .matrix td.cell, .matrix th.cell { text-align: center; padding: 4px; min-width: 38px; }
th .zh { font-weight: 400; } th.tall { white-space: normal; } th.tall .zh { display: block; }
.meaning { display: block; color: var(--soft); font-size: 13px; line-height: 1.4; } .meaning .zh { display: block; }
svg { display: block; width: 100%; height: auto; }
svg text { font: 12px "Source Sans 3", "Segoe UI", "Helvetica Neue", "Noto Sans", "Liberation Sans", "PingFang SC", "Noto Sans CJK SC", sans-serif; fill: var(--soft); }
.middle, .phase-name, .area-name, .suds-value { text-anchor: middle; } .end { text-anchor: end; }
svg .phase-name { fill: var(--ink); } svg .note { paint-order: stroke; stroke: #ffffff; stroke-width: 3px; }
.phase0 { fill: #f0f3f5; } .phase1 { fill: #fef5ea; } .phase2 { fill: #e9f4ee; } .phase3 { fill: #e6eef6; }
.grid { stroke: #c9d1d8; stroke-width: 0.6; } .tick-line { stroke: #8b98a3; stroke-width: 1; }
.ceiling { stroke: #a3004f; stroke-width: 1; stroke-dasharray: 2 4; }
.band95 { fill: #0072b2; fill-opacity: 0.17; } .band50 { fill: #0072b2; fill-opacity: 0.3; } .state { fill: none; stroke: var(--blue); stroke-width: 1.8; stroke-linejoin: round; }
.suds { fill: var(--orange); stroke: #ffffff; stroke-width: 1.5; } svg .suds-value { fill: #8f3f00; font-weight: 600; paint-order: stroke; stroke: #ffffff; stroke-width: 3px; }
.given-area { fill: #009e73; fill-opacity: 0.25; } .given { fill: none; stroke: #00734f; stroke-width: 1.8; } .asked { fill: none; stroke: #3d4852; stroke-width: 1.1; stroke-dasharray: 4 3; }
.stop { stroke: #a3004f; stroke-width: 1.2; } .stop-mark { fill: #a3004f; }
.on-target { fill: #0072b2; } .off-target { fill: #c3cdd5; } .still { fill: #1d2730; }
.map { fill: #fbfcfd; stroke: #8b98a3; stroke-width: 0.8; } .cells { shape-rendering: crispEdges; }
.heat0 { fill: #e3eef7; } .heat1 { fill: #bfd9ec; } .heat2 { fill: #8dbbdd; } .heat3 { fill: #5394c9; } .heat4 { fill: #20659f; } .heat5 { fill: #0a3866; }
.area { fill: none; stroke: #d55e00; stroke-width: 1; stroke-opacity: 0.8; stroke-dasharray: 5 3; }
svg .area-name { fill: #1d2730; font-weight: 600; paint-order: stroke; stroke: #ffffff; stroke-width: 3.5px; }
footer { margin-top: 44px; padding-top: 14px; border-top: 2px solid var(--ink); font-size: 14px; color: var(--soft); }
@media (max-width: 560px) { dl.facts { grid-template-columns: 1fr; } dl.facts dd { margin-bottom: 6px; } h1 { font-size: 25px; } }
@media print { @page { margin: 16mm; } body { font-size: 11pt; } main { padding: 0; max-width: none; } h2 { break-after: avoid; } * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
)css";

}  // namespace attune::report
