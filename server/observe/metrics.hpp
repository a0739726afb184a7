// What /metrics shows: the figures of one process, in Prometheus' text format.
//
// Purpose:   one named member per figure, so that a misspelt name doesn't compile. Parts that may
//            not know this folder (host, fanout) count in atomics of their own, and main registers
//            a function that reads them: pull_…().
// Ownership: one Metrics per process; it outlives all that count. Instruments are handles into it.
// Threading: any thread. An add is one atomic operation on a shared cache line: in hot paths add
//            once per flush, not once per connection.
// Errors:    none. A name registered twice is a mistake of ours and ends the process.
// Privacy:   labels are closed sets of words of ours; never an id, a name or an address.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace plenary::observe {

class Counter {
 public:
  explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
  void add(std::uint64_t count = 1);

 private:
  prometheus::Counter* counter_;
};

class Gauge {
 public:
  explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
  void set(double value);
  void add(double difference);

 private:
  prometheus::Gauge* gauge_;
};

class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
  void observe(double seconds);

 private:
  prometheus::Histogram* histogram_;
};

// What a pulled histogram's function returns. counts: per bucket, not cumulative, one more than
// there are upper bounds (the last is for what lies above all of them).
struct HistogramSample {
  std::vector<std::uint64_t> counts;
  double sum = 0;
};

class Metrics {
 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;  // first: the members below are handles into it

 public:
  Metrics();
  ~Metrics();

  // Outcomes of commands: "ok", "repeat", or a refusal's code in lower case. At most 64 different
  // ones; what comes beyond counts as "other".
  Counter commands(std::string_view outcome);
  // Connections closed, by the name of their close code (PROTOCOL.md). Bounded likewise.
  Counter closes(std::string_view name);

  // Figures kept elsewhere, read when somebody asks. The functions are called on the asking thread.
  void pull_counter(std::string name, std::string help, std::function<double()> read);
  void pull_gauge(std::string name, std::string help, std::function<double()> read);
  void pull_histogram(std::string name, std::string help, std::vector<double> upper_bounds,
                      std::function<HistogramSample()> read);

  // The body of /metrics; its type is text/plain; version=0.0.4.
  std::string text() const;

  Gauge connections;         // open WebSocket connections
  Counter messages_in;       // client messages read
  Counter deliveries;        // server messages handed to sockets, counted per connection
  Counter bytes_out;         // bytes that sockets took
  Histogram append_seconds;  // from the append to its outcome
  Counter conflicts;         // appends that somebody else was before
  Counter unknowns;          // appends of unknown outcome
  Counter unavailables;      // appends that the log refused
  Gauge queue_depth;         // commands that wait for an append
  Counter snapshots_sent;    // whole views sent
  Counter slow_closes;       // connections closed because they did not read
  Gauge sessions_loaded;     // session hosts in memory
};

}  // namespace plenary::observe
