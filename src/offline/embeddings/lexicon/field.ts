/**
 * Concepts of the field of language models: a line each, its name and the words under which it goes, terms of
 * the field beside what somebody would say who does not know them. `_` joins the words of a phrase.
 */
export const FIELD = `
model: model llm llms language_model gpt chatgpt ai bot chatbot assistant robot machine neural network net brain
text: text word words sentence paragraph writing written passage prose phrase string essay article
predict: predict prediction next guess guesses guessing forecast continue continuation autocomplete complete foresee likely plausible
token: token tokens tokenizer tokenise bit bits fragment subword bpe word_piece syllable
letters: letter letters spell spelling character characters alphabet rhyme anagram vowel reverse
numbers: number numbers digit digits arithmetic sum sums multiply multiplication calculate calculation calculator add maths mathematics math figures
language: language languages english german french greek hindi chinese japanese spanish arabic foreign translate translation tongue multilingual non-english
window: context_window window limit capacity room fit fits maximum largest longest too_long overflow how_long how_much_text
prompt: prompt prompts instruction instructions request ask asked wording phrasing input command order tell
system: system_message standing role persona behave behaviour personality always tone character rules pretend
example: example examples few-shot shot sample samples demonstration demonstrate show shown case cases illustration worked
steps: step steps step-by-step reason reasoning think thinking thought chain_of_thought work_out working deliberate ponder scratchpad logic
format: format formats json schema structured structure object fields field shape layout table csv machine-readable parse parser readable data
template: template placeholder gap gaps variable variables fill filled blank form
delimiter: delimiter delimiters tag tags quotes mark marks boundary boundaries separator xml
sampling: sampling sample random randomness chance dice draw drawn luck varied variety vary
temperature: temperature creative creativity bold daring conservative predictable deterministic crazy boring
probability: probability probabilities likelihood likely logit logits softmax logprob logprobs confidence confident certain sure certainty unsure odds
repeat: repeat repeats repetition repetitive again_and_again over_and_over loop loops stuck recurring penalty endless forever infinite
reproducible: seed reproducible reproducibility repeatable deterministic identical same_answer every_time each_time consistent inconsistent different_answer differs waver
stop: stop stops end ends ending finish halt quit terminate cease
cutoff: cut cut_off truncated truncate truncation mid-sentence middle_of incomplete unfinished abrupt abruptly halfway max_tokens shortened breaks_off
stream: stream streaming streamed chunk_by_chunk piece_by_piece word_by_word gradually typing live appear typewriter
latency: latency slow slowly speed fast faster quick quickly wait waiting delay seconds ages lag sluggish time_to_first responsive hurry
training: training train trained pretraining pre-training learn learnt learned learning teach taught educate education study school lesson practise
weights: weights weight parameter parameters billion billions size huge tiny big large small matrix
gradient: gradient descent backpropagation backprop optimiser optimizer adam learning_rate downhill adjust nudge step_size
loss: loss cross-entropy error errors objective curve wrongness
overfit: overfitting overfit memorise memorised memorize by_heart rote cram generalise generalize unseen new_ones
heldout: held-out held_out validation test_set unseen set_aside keep_aside split leak
finetune: fine-tuning finetuning finetune fine-tune tuning tune tuned tuning adapt adapted customise customize specialise specialize own_data own_style adapter lora adapters
instructed: instruction-tuned instruction_tuning helpful obey follow answer_questions polite manners useful supervised assistant-like
preference: preference preferences prefer preferred rlhf dpo reward rate rated rater ratings rating liked like_more better_of thumbs human_feedback rank ranked vote
distil: distillation distil distill student teacher imitate copy mimic apprentice smaller_model small_model
quantise: quantisation quantise quantization quantize bits compress compressed compression shrink shrunk smaller squeeze lighter int8 rounding coarse
forgetting: forget forgets forgetting forgot forgotten forgetful lose lost lose_track amnesia unlearn overwrite wipe wiped no_longer_knows
hallucinate: hallucination hallucinate hallucinations invent invents invented make_up made_up makes_up making_up fabricate fabricated false untrue not_true wrong lie lies lying fake fiction nonsense bogus mistake confidently nonexistent
truth: true truth fact facts factual correct right accurate accuracy honest reliable trust trustworthy
cutoffdate: cutoff knowledge_cutoff out_of_date outdated recent latest news today yesterday current up_to_date last_month this_year stale newest fresh date
memory: memory memories remember remembers remembered recall remind retain recollect keep_in_mind know_me recognise
stateless: stateless between_calls from_scratch starts_over nothing_kept each_call blank_slate no_memory every_call
conversation: conversation conversations chat chats talk talked dialogue dialog discussion exchange exchanges turn turns message messages said told say speak spoken
history: history earlier previous previously before past ago prior former already older
summary: summary summarise summarize summarised gist condense condensed shorten short_version digest essence outline recap abridge main_points nutshell
recent: last recent recently latest newest most_recent few_last window
persist: persistent persist persistence saved save across_sessions next_day return_later restart resume reopen survive later_session permanently long-term days_later
session: session sessions thread threads user_id identifier separate_conversations confuse confused apart several_users
entity: entity entities person people name names individuals who whom character characters
chain: chain chains pipeline sequence series steps row workflow one_after_another lcel runnable runnables pipe compose link
sequence: sequential then next_step afterwards previous_step output_of feeds hand_over pass_on in_order following
route: route router routing destination destinations dispatch direct send_to right_place choose_between forward department expert experts triage
parallel: parallel simultaneously at_the_same_time at_once concurrently concurrent side_by_side independent branch branches meanwhile together
mapreduce: map-reduce map_reduce long_document each_part combine combined partial whole_book too_big refine stuff
callback: callback callbacks hook hooks handler event events listen notify notified
repair: repair fix mend correct corrected invalid malformed broken bad_output unparseable garbled retry_parse bad_json validate validation
fallback: fallback fallbacks backup_model second_choice outage unavailable offline plan_b alternative instead spare otherwise emergency
agent: agent agents autonomous autonomously by_itself on_its_own itself act acting goal plan decide decides loop self-directed
tool: tool tools function functions tool-calling call_a_function plugin plugins capability look_up browse web_search use_the_internet action actions execute perform do_things
toolcall: arguments argument call calling invoke function_call
approve: approve approval human-in-the-loop human_in_the_loop confirm confirmation permission consent ask_me ask_first sign_off supervise oversight review check_with
limits: budget limit limits cap maximum_steps runaway never_stops endless recursion
multi: multi-agent multiple_agents several_agents team supervisor colleagues cooperate collaborate handover delegate
protocol: protocol mcp standard connector connectors plug interoperable common_interface
graph: graph node nodes edge edges langgraph state state_machine flowchart cycle
middleware: middleware wrap wraps intercept around_each
embedding: embedding embeddings embed embedded vector vectors numeric numbers_for represent representation coordinates list_of_numbers turn_into_numbers
similarity: similarity similar cosine alike near nearness nearest close closeness closest related angle distance resemble same_meaning mean_the_same compare comparison measure
meaning: meaning meanings semantic semantics sense mean means intent concept synonym synonyms same_thing other_words different_words paraphrase
dimension: dimension dimensions dimensional length_of_vector matryoshka shorter
normal: normalise normalize normalised unit_length length_one scale scaled
search: search searching searches find finds found finding look_for look_up lookup seek query retrieval retrieve retriever hit hits results result locate
keyword: keyword keywords bm25 exact_words word_matching lexical full-text full_text literal term_frequency matching plain_search ctrl-f
hybrid: hybrid both combine combined combination together two_ways mix fuse fusion merge merged blend
rerank: rerank reranker reranking reorder cross-encoder second_look sort_again rescore
diversity: diversity diverse mmr redundant duplicate_results all_the_same near-duplicates variety repetitive_results different_from_each_other
threshold: threshold cutoff_score minimum_score near_enough too_far irrelevant nothing_found no_match nothing_relevant not_in_there
declining: decline declines don't_know do_not_know does_not_know admit no_idea refuse_to_answer unanswerable not_know i_don't_know
rag: rag retrieval-augmented open_book own_documents my_documents company_documents internal private_data knowledge_base own_files our_files manuals handbook wiki intranet papers
document: document documents file files page pages pdf folder manual manuals book books report paper papers website article
chunk: chunk chunks chunking split splitter splitting cut_up pieces piece slice part parts section sections divide break_up segment
overlap: overlap overlapping boundary border torn_apart cut_in_two edge
source: source sources citation citations cite cites reference references where_from origin provenance evidence footnote proof came_from check_claim verify
rewrite: rewrite rewriting rephrase reformulate self-contained standalone follow-up followup pronoun refers vague
hyde: hyde hypothetical imagined imaginary pretend_answer
middle: middle lost_in_the_middle buried overlook overlooked missed ignore ignored long_context needle haystack
faithful: faithful faithfulness grounded grounding supported sticking based_on only_from_context
store: store stores vector_store vector_database database db lancedb qdrant chroma milvus collection index
exact: exact brute-force brute_force every_vector full_scan scan compare_all all_of_them linear
approx: approximate ann hnsw ivf nearest_neighbour neighbours neighbors shortcut roughly almost
recall: recall completeness missed found_of share_found recall@k hit_rate mrr reciprocal_rank
filter: filter filters metadata restrict only_those where_clause attribute category narrow
tenant: tenant tenants customer customers client clients other_people's isolation separate
upsert: upsert duplicate duplicates twice double doubled again idempotent hash already_there re-index import_again
delete: delete deleted deletion remove removed erase withdraw withdrawn purge taken_down gone obsolete
durable: durable durability crash crashed power_cut power_failure killed kill corrupt corrupted unplugged blackout survive interrupted saving while_writing
concurrency: concurrent writer writers lock locks locking simultaneous_writes same_file conflict two_processes race
shard: shard shards sharding partition distributed cluster several_machines many_machines outgrow scale spread too_many
replica: replication replica replicas copies copy mirror failover redundancy
compact: compaction compact tidy clean_up defragment many_small_files vacuum housekeeping
backup: backup backups restore restored recover recovery disaster snapshot lose_everything
evaluate: evaluate evaluation evaluating eval quality judge judged assess assessment measure measured score grade graded mark marking improve improvement improved exam
testset: test tests test_set tested case cases question_set known_answers gold reference_answers
judgebias: judge llm-as-judge grader marker
compare: compare compares comparison versus pairwise duel side better worse which_is_better winner
benchmark: benchmark benchmarks leaderboard exam exams contamination public_scores ranking
regression: regression break_something used_to_work still_works after_a_change side_effect
feedback: feedback complaint complaints thumbs users_think satisfaction opinion opinions
injection: injection inject injected ignore_your_instructions hidden_command smuggle smuggled trick tricked hijack hidden planted secretly malicious attacker obey obeyed follow_orders
jailbreak: jailbreak jailbreaking bypass circumvent break_rules trick tricked forbidden refuse refuses refusal role_play persuade around_the_rules
leak: leak leaks leaked secret secrets reveal reveals revealed expose exposed confidential give_away extract disclose password passwords spill hidden_instructions
privacy: privacy private personal personal_data gdpr confidential address health data_protection sensitive anonymous law legal allowed
guard: guardrail guardrails check checks safety safe filter_output protect protection block
moderation: moderation harmful offensive hate violence insult abuse inappropriate toxic rude
privilege: privilege privileges least_privilege rights permission permissions access read-only allowed_to sandbox restrict
untrusted: untrusted escape sanitise sanitize run_code execute generated_code eval shell sql script its_own_code blindly
bias: bias biases biased unfair fairness fair prejudice prejudiced discriminate discrimination stereotype racist sexist gender
redteam: red-teaming red_team attack attacks attacking probe hackers hacker penetration
sycophancy: sycophancy sycophantic flatter flattery please agree agrees agreeing yes-man tell_me_what_i_want praise apologise give_in butter_up
copyright: copyright licence license licences own_the_output ownership intellectual_property plagiarism lawsuit belongs
cost: cost costs price prices pricing expensive cheap cheaper pay paid pays money bill billed billing charge charged dollars cents spend spending afford save_money fee budget invoice bargain discount
cache: cache cached caching reuse reused saved_answer same_question already_answered stored_answer
batch: batch batches bulk overnight not_urgent later can_wait many_at_once discount half_price
ratelimit: rate_limit rate limits 429 too_many_requests throttle throttled quota slow_down overload overloaded per_minute
retry: retry retries retrying try_again backoff jitter again_later attempt attempts
timeout: timeout timeouts hang hangs hanging freeze frozen stuck no_answer no_response silent never_answers unresponsive give_up
key: api_key key keys credential credentials password token_secret environment_variable leaked_key env published
observe: observability trace traces tracing log logs logging debug debugging inspect what_happened look_inside see_what monitor monitoring
choice: choose choosing which_model pick select selecting right_model suitable best_model
deprecate: deprecated deprecation retire retired retirement discontinued shut_down end_of_life sunset phased_out old_version version versions replaced
local: local locally own_computer laptop own_hardware own_machine at_home offline without_internet on-premises ollama gpu graphics_card download downloadable open_weights self-hosted
record: record recorded recording replay tape cassette playback fixture mock fake_replies
compatible: compatible compatibility endpoint endpoints interface api same_protocol drop-in base_url
change: change changed changes changing switch switched migrate migration replace replaced new_model another_provider move_to upgrade
image: image images picture pictures photo photograph photos audio sound voice speech video multimodal see hear vision
attention: attention attend attends look_back relevance focus query_key
transformer: transformer layer layers architecture feed-forward inside
base: base_model base raw untuned continues_text
scale: scaling scaling_laws compute bigger_is_better data_and_size chinchilla
map: map plot chart projection project two-dimensional 2-d visualise visualize picture_of draw pca t-sne umap
order: order position beginning start first last top bottom place where_to_put arrangement
version: version versions versioning git history_of_changes keep_track commit
server: server servers provider providers service hosted cloud openai anthropic google company
code: code program software programming developer script function app application
`;
