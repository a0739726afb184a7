#include "observe/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <cassert>
#include <limits>
#include <mutex>
#include <set>
#include <utility>

#include "observe/limits.hpp"

namespace plenary::observe {

namespace {

// From 50 µs (an append in memory) by half decades to 10 s (a disk in trouble).
const std::vector<double> kSecondsBuckets{0.00005, 0.00015, 0.0005, 0.0015, 0.005, 0.015,
                                          0.05,    0.15,    0.5,    1.5,    5,     10};

struct Pulled {
  std::string name;
  std::string help;
  prometheus::MetricType type;
  std::function<prometheus::ClientMetric()> read;
};

}  // namespace

class Metrics::Implementation {
 public:
  Counter counter(const std::string& name, const std::string& help) {
    claim(name);
    return Counter(prometheus::BuildCounter().Name(name).Help(help).Register(registry_).Add({}));
  }
  Gauge gauge(const std::string& name, const std::string& help) {
    claim(name);
    return Gauge(prometheus::BuildGauge().Name(name).Help(help).Register(registry_).Add({}));
  }
  Histogram seconds(const std::string& name, const std::string& help) {
    claim(name);
    return Histogram(prometheus::BuildHistogram().Name(name).Help(help).Register(registry_).Add(
        {}, kSecondsBuckets));
  }
  prometheus::Family<prometheus::Counter>& family(const std::string& name,
                                                  const std::string& help) {
    claim(name);
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry_);
  }

  Counter labelled(prometheus::Family<prometheus::Counter>& family, std::set<std::string>& values,
                   const char* label, std::string_view wanted) {
    const std::scoped_lock lock(mutex_);
    std::string value(wanted);
    if (!values.contains(value)) {
      if (values.size() >= kMaxLabelValues) value = "other";
      values.insert(value);
    }
    return Counter(family.Add({{label, value}}));
  }

  void pull(Pulled pulled) {
    claim(pulled.name);
    const std::scoped_lock lock(mutex_);
    pulled_.push_back(std::move(pulled));
  }

  std::string text() {
    std::vector<prometheus::MetricFamily> families = registry_.Collect();
    const std::scoped_lock lock(mutex_);
    for (const Pulled& pulled : pulled_) {
      families.push_back({pulled.name, pulled.help, pulled.type, {pulled.read()}});
    }
    return prometheus::TextSerializer().Serialize(families);
  }

 private:
  void claim(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    [[maybe_unused]] const bool is_new = names_.insert(name).second;
    assert(is_new && "a metric of this name is there already");
  }

  prometheus::Registry registry_;
  std::mutex mutex_;
  std::set<std::string> names_;
  std::vector<Pulled> pulled_;

 public:
  prometheus::Family<prometheus::Counter>& commands_ =
      family("plenary_commands_total", "Commands answered, by outcome");
  std::set<std::string> command_outcomes_;
  prometheus::Family<prometheus::Counter>& closes_ =
      family("plenary_closes_total", "Connections closed by the server, by close code");
  std::set<std::string> close_names_;
};

void Counter::add(std::uint64_t count) {
  counter_->Increment(static_cast<double>(count));
}
void Gauge::set(double value) {
  gauge_->Set(value);
}
void Gauge::add(double difference) {
  gauge_->Increment(difference);
}
void Histogram::observe(double seconds) {
  histogram_->Observe(seconds);
}

Metrics::Metrics()
    : implementation_(std::make_unique<Implementation>()),
      connections(implementation_->gauge("plenary_connections", "Open WebSocket connections")),
      messages_in(implementation_->counter("plenary_messages_in_total", "Client messages read")),
      deliveries(implementation_->counter("plenary_deliveries_total",
                                          "Server messages handed to sockets, per connection")),
      bytes_out(implementation_->counter("plenary_bytes_out_total", "Bytes that sockets took")),
      append_seconds(
          implementation_->seconds("plenary_append_seconds", "Time from an append to its outcome")),
      conflicts(implementation_->counter("plenary_append_conflicts_total",
                                         "Appends that another instance was before")),
      unknowns(
          implementation_->counter("plenary_append_unknowns_total", "Appends of unknown outcome")),
      unavailables(implementation_->counter("plenary_append_unavailables_total",
                                            "Appends that the log refused")),
      queue_depth(
          implementation_->gauge("plenary_queue_depth", "Commands that wait for an append")),
      snapshots_sent(implementation_->counter("plenary_snapshots_sent_total", "Whole views sent")),
      slow_closes(implementation_->counter("plenary_slow_closes_total",
                                           "Connections closed because they did not read")),
      sessions_loaded(
          implementation_->gauge("plenary_sessions_loaded", "Sessions held in memory")) {}

Metrics::~Metrics() = default;

Counter Metrics::commands(std::string_view outcome) {
  return implementation_->labelled(implementation_->commands_, implementation_->command_outcomes_,
                                   "outcome", outcome);
}

Counter Metrics::closes(std::string_view name) {
  return implementation_->labelled(implementation_->closes_, implementation_->close_names_, "code",
                                   name);
}

void Metrics::pull_counter(std::string name, std::string help, std::function<double()> read) {
  implementation_->pull(
      {std::move(name), std::move(help), prometheus::MetricType::Counter, [read = std::move(read)] {
         prometheus::ClientMetric metric;
         metric.counter.value = read();
         return metric;
       }});
}

void Metrics::pull_gauge(std::string name, std::string help, std::function<double()> read) {
  implementation_->pull(
      {std::move(name), std::move(help), prometheus::MetricType::Gauge, [read = std::move(read)] {
         prometheus::ClientMetric metric;
         metric.gauge.value = read();
         return metric;
       }});
}

void Metrics::pull_histogram(std::string name, std::string help, std::vector<double> upper_bounds,
                             std::function<HistogramSample()> read) {
  auto collect = [bounds = std::move(upper_bounds), read = std::move(read)] {
    const HistogramSample sample = read();
    assert(sample.counts.size() == bounds.size() + 1);
    prometheus::ClientMetric metric;
    std::uint64_t below = 0;
    for (std::size_t bucket = 0; bucket < sample.counts.size(); ++bucket) {
      below += sample.counts[bucket];
      const double bound =
          bucket < bounds.size() ? bounds[bucket] : std::numeric_limits<double>::infinity();
      metric.histogram.bucket.push_back({below, bound});
    }
    metric.histogram.sample_count = below;
    metric.histogram.sample_sum = sample.sum;
    return metric;
  };
  implementation_->pull(
      {std::move(name), std::move(help), prometheus::MetricType::Histogram, std::move(collect)});
}

std::string Metrics::text() const {
  return implementation_->text();
}

}  // namespace plenary::observe
